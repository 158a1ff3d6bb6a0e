package org.grpo4j.task;

import java.util.List;
import java.util.function.Function;
import org.grpo4j.math.Require;

/**
 * A task over a list of problems: keeps the list, the split, the symbols and the limits, so that a
 * task says only what is its own. What is overridden least often has a default: the symbols are
 * those of arithmetic, the whole completion is the answer, and it is right if it equals the
 * problem's. Instances of one class are equal, since a class without settings makes them all alike.
 */
public abstract class ListedTask implements TaskSource {

  private final Vocabulary vocabulary;
  private final TrainTestSplit split;
  private final Function<Problem, String> twinKey;
  private final int promptLength;
  private final int maxNewTokens;

  /** A task in the symbols of {@link Vocabulary#ARITHMETIC}. */
  protected ListedTask(
      List<Problem> problems,
      Function<Problem, String> twinKey,
      double heldOutShare,
      int maxNewTokens) {
    this(Vocabulary.ARITHMETIC, problems, twinKey, heldOutShare, maxNewTokens);
  }

  /**
   * @param vocabulary the symbols of prompts and completions
   * @param problems all problems, each once, with prompts of equal length
   * @param twinKey what a problem and its twins have in common ({@link TaskSource#twinKey})
   * @param heldOutShare how large a part is held out, in [0, 1); 0 for a task that is learnt by
   *     heart
   * @param maxNewTokens most tokens of a completion, the end token included
   */
  protected ListedTask(
      Vocabulary vocabulary,
      List<Problem> problems,
      Function<Problem, String> twinKey,
      double heldOutShare,
      int maxNewTokens) {
    this(vocabulary, TrainTestSplit.of(problems, heldOutShare, twinKey), twinKey, maxNewTokens);
  }

  /** A task whose problems are split already. */
  ListedTask(
      Vocabulary vocabulary,
      TrainTestSplit split,
      Function<Problem, String> twinKey,
      int maxNewTokens) {
    Require.that(!split.training().isEmpty(), "problems: must be at least one, got none");
    this.vocabulary = vocabulary;
    this.split = split;
    promptLength = split.training().get(0).prompt().length();
    for (List<Problem> part : List.of(split.training(), split.heldOut())) {
      for (Problem problem : part) {
        Require.that(
            problem.prompt().length() == promptLength,
            "problems: all prompts must be as long as the first, "
                + promptLength
                + ", got "
                + problem.prompt());
      }
    }
    this.twinKey = twinKey;
    this.maxNewTokens = maxNewTokens;
  }

  @Override
  public final Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public final int promptLength() {
    return promptLength;
  }

  @Override
  public final int maxNewTokens() {
    return maxNewTokens;
  }

  @Override
  public final List<Problem> trainingProblems() {
    return split.training();
  }

  @Override
  public final List<Problem> heldOutProblems() {
    return split.heldOut();
  }

  @Override
  public final String twinKey(Problem problem) {
    return twinKey.apply(problem);
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return completion;
  }

  @Override
  public boolean isCorrect(Problem problem, String completion) {
    return answerOf(problem, completion).equals(problem.answer());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListedTask that && that.getClass().equals(getClass());
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }
}
