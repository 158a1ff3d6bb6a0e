package org.grpo4j.task;

import java.util.List;
import java.util.function.Function;
import org.grpo4j.math.Require;

/**
 * A task over a list of problems, written in the symbols of arithmetic: keeps the list, the split
 * and the limits, so that a task says only what is its own. What is overridden least often has a
 * default: the whole completion is the answer, and it is right if it equals the problem's.
 */
public abstract class ArithmeticTask implements TaskSource {

  private final TrainTestSplit split;
  private final Function<Problem, String> twinKey;
  private final int promptLength;
  private final int maxNewTokens;

  /**
   * @param problems all problems, each once, with prompts of equal length
   * @param twinKey what a problem and its twins have in common ({@link TaskSource#twinKey})
   * @param heldOutShare how large a part is held out, in [0, 1); 0 for a task that is learnt by
   *     heart
   * @param maxNewTokens most tokens of a completion, the end token included
   */
  protected ArithmeticTask(
      List<Problem> problems,
      Function<Problem, String> twinKey,
      double heldOutShare,
      int maxNewTokens) {
    Require.that(!problems.isEmpty(), "problems: must be at least one, got none");
    promptLength = problems.get(0).prompt().length();
    for (Problem problem : problems) {
      Require.that(
          problem.prompt().length() == promptLength,
          "problems: all prompts must be as long as the first, "
              + promptLength
              + ", got "
              + problem.prompt());
    }
    this.split = TrainTestSplit.of(problems, heldOutShare, twinKey);
    this.twinKey = twinKey;
    this.maxNewTokens = maxNewTokens;
  }

  @Override
  public final Vocabulary vocabulary() {
    return Vocabulary.ARITHMETIC;
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
  public String answerOf(String completion) {
    return completion;
  }

  @Override
  public boolean isCorrect(Problem problem, String completion) {
    return answerOf(completion).equals(problem.answer());
  }
}
