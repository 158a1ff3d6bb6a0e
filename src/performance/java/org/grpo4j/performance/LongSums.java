package org.grpo4j.performance;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Setting;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.ThinkAdd;
import org.grpo4j.task.Vocabulary;

/**
 * The sums of {@code think-add} with room for longer completions, for timing.
 *
 * @param length most tokens of a completion, the end token included
 */
public record LongSums(
    @Setting(value = "Most tokens of a completion.", byDefault = "16", range = "[8, 1000]")
        int length)
    implements TaskSource {

  private static final ThinkAdd SUMS = new ThinkAdd();

  @Override
  public Vocabulary vocabulary() {
    return SUMS.vocabulary();
  }

  @Override
  public int promptLength() {
    return SUMS.promptLength();
  }

  @Override
  public int maxNewTokens() {
    return length;
  }

  @Override
  public List<Problem> trainingProblems() {
    return SUMS.trainingProblems();
  }

  @Override
  public List<Problem> heldOutProblems() {
    return SUMS.heldOutProblems();
  }

  @Override
  public String twinKey(Problem problem) {
    return SUMS.twinKey(problem);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    return problem.answer();
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return SUMS.answerOf(problem, completion);
  }

  @Override
  public boolean isCorrect(Problem problem, String completion) {
    return SUMS.isCorrect(problem, completion);
  }
}
