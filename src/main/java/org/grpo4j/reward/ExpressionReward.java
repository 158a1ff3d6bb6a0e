package org.grpo4j.reward;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.ThoughtAndAnswer;

/**
 * A reward in one line, to try out what a policy makes of it: {@code right - 0.05 * length}. In it
 * are {@code right} (1 or 0, as {@link CorrectnessReward}), {@code length} (tokens, the end token
 * included), {@code thought} (characters of the thought), {@code truncated} (1 or 0), numbers,
 * {@code + - * /}, comparisons, {@code min}, {@code max} and {@code has("text")}.
 *
 * <p>What is not finite, as {@code 1 / 0}, ends a run with the update and the row; {@code 0 / 0},
 * which would pass for a reward that is missing, is refused with the completion.
 *
 * @param task knows what is right
 * @param expression the expression
 */
@Kind(
    value = ExpressionReward.NAME,
    description =
        "An expression of right, length, thought and truncated, with + - * /, comparisons, min,"
            + " max and has(\"text\").")
public record ExpressionReward(
    TaskSource task,
    @Setting(
            value = "The expression, such as right - 0.1 * max(0, length - 6).",
            byDefault = "right")
        String expression)
    implements RewardFunction {

  /** The name in experiment files and of the reward's part. */
  public static final String NAME = "expression";

  private record Answer(TaskSource task, Problem problem, Completion completion) {}

  private static final Map<String, Function<Answer, Double>> NAMES =
      new TreeMap<>(
          Map.of(
              "right",
              a -> CorrectnessReward.isCorrect(a.task, a.problem, a.completion) ? 1.0 : 0.0,
              "length",
              a -> (double) a.completion.length(),
              "thought",
              a -> (double) ThoughtAndAnswer.of(a.completion.text()).thought().length(),
              "truncated",
              a -> a.completion.truncated() ? 1.0 : 0.0));

  public ExpressionReward {
    parse(expression);
  }

  private static Function<Answer, Double> parse(String expression) {
    return RewardExpression.parse(expression, NAMES, answer -> answer.completion.text());
  }

  @Override
  public Reward score(Problem problem, Completion completion) {
    double value = parse(expression).apply(new Answer(task, problem, completion));
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "expression: must be a number for every completion, got 0 / 0 for "
              + problem.prompt()
              + completion.text());
    }
    return Reward.of(NAME, value);
  }
}
