package org.grpo4j.reward;

import java.util.List;

/**
 * The reward of one completion.
 *
 * @param total the number the algorithm sees: the weighted sum of the parts
 * @param parts the named parts, in the order of the reward function
 */
public record Reward(double total, List<Part> parts) {

  public Reward {
    parts = List.copyOf(parts);
  }

  /**
   * One named part of a reward.
   *
   * @param name such as {@code correct}
   * @param value what the part's rule gave
   * @param weight its weight in the total
   */
  public record Part(String name, double value, double weight) {}
}
