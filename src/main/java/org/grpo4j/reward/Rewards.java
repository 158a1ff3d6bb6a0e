package org.grpo4j.reward;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.grpo4j.task.TaskSource;

/** The reward functions by the names they have in experiment files. */
public final class Rewards {

  /** Every reward, the main job's first. A new one adds its line in {@link #all}. */
  public static final Map<String, Function<TaskSource, RewardFunction>> ALL =
      Collections.unmodifiableMap(all());

  private Rewards() {}

  private static Map<String, Function<TaskSource, RewardFunction>> all() {
    Map<String, Function<TaskSource, RewardFunction>> all = new LinkedHashMap<>();
    all.put(CorrectnessReward.NAME, CorrectnessReward::new);
    all.put(CharacterCreditReward.NAME, task -> new CharacterCreditReward());
    all.put(LastDigitReward.NAME, LastDigitReward::new);
    all.put(AnswerAnywhereReward.NAME, task -> new AnswerAnywhereReward());
    all.put(ThinkingLengthBonus.NAME, task -> new ThinkingLengthBonus());
    return all;
  }

  /** The names {@link #byName} knows, the main job's first. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The reward function called {@code name}, for {@code task}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static RewardFunction byName(String name, TaskSource task) {
    Function<TaskSource, RewardFunction> reward = ALL.get(name);
    if (reward == null) {
      throw new IllegalArgumentException(
          "reward: must be one of " + String.join(", ", names()) + ", got \"" + name + "\"");
    }
    return reward.apply(task);
  }

  /**
   * The weighted sum of named rewards; {@code reward.parts} of an experiment file.
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
