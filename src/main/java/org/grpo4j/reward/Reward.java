package org.grpo4j.reward;

import java.util.List;
import java.util.OptionalDouble;
import org.grpo4j.math.Numbers;

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

  /** The reward with one part of weight 1. */
  public static Reward of(String name, double value) {
    return new Reward(value, List.of(new Part(name, value, 1)));
  }

  /** The reward of these parts: {@code total = sum of weight * value}, first part first. */
  public static Reward ofParts(List<Part> parts) {
    double total = 0;
    double magnitude = 0;
    for (Part part : parts) {
      double term = part.weight() * part.value();
      total += term;
      magnitude += Math.abs(term);
    }
    return new Reward(Numbers.withoutResidue(total, magnitude), parts);
  }

  /** The value of the part called {@code name}; empty if there is none. */
  public OptionalDouble part(String name) {
    for (Part part : parts) {
      if (part.name().equals(name)) {
        return OptionalDouble.of(part.value());
      }
    }
    return OptionalDouble.empty();
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
