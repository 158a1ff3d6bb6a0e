package org.grpo4j.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.task.TaskSource;

/** The reward functions by name. */
public final class Rewards {

  private static final List<String> NAMES =
      List.of(
          CorrectnessReward.NAME,
          CharacterCreditReward.NAME,
          LastDigitReward.NAME,
          AnswerAnywhereReward.NAME,
          ThinkingLengthBonus.NAME);

  private Rewards() {}

  /** The names {@link #byName} knows, the main job's first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The reward function called {@code name}, for {@code task}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static RewardFunction byName(String name, TaskSource task) {
    return switch (name) {
      case CorrectnessReward.NAME -> new CorrectnessReward(task);
      case CharacterCreditReward.NAME -> new CharacterCreditReward();
      case LastDigitReward.NAME -> new LastDigitReward(task);
      case AnswerAnywhereReward.NAME -> new AnswerAnywhereReward();
      case ThinkingLengthBonus.NAME -> new ThinkingLengthBonus();
      default ->
          throw new IllegalArgumentException(
              "reward: must be one of " + String.join(", ", NAMES) + ", got \"" + name + "\"");
    };
  }

  /**
   * The weighted sum of named rewards, such as {@code {correct: 1, thinking-length: 0.1}}.
   *
   * @param weights weight of each name; parts are in the map's order, so give it one
   */
  public static RewardFunction weighted(Map<String, Double> weights, TaskSource task) {
    List<WeightedReward.Term> terms = new ArrayList<>();
    weights.forEach(
        (name, weight) -> terms.add(new WeightedReward.Term(byName(name, task), weight)));
    return new WeightedReward(terms);
  }
}
