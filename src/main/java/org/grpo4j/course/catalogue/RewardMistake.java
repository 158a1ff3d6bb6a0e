package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/**
 * A mistake in the advantage of one reward. Everything around it is right: groups by themselves, 0
 * for a missing reward and in a group of equal rewards.
 */
abstract class RewardMistake extends Mistake {

  /** Added to the sample deviation by Eq. 3, as {@link Pieces#advantages} has it. */
  static final double STD_EPSILON = 1e-4;

  /** The wrong advantage of {@code reward} in a group with these moments. */
  abstract double advantage(double reward, Moments group);

  @Override
  public final DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] advantages = new double[rewards.size()];
    for (int g = 0; g < groups.count(); g++) {
      Moments group = Moments.ofPresent(groups.select(g, rewards));
      for (int i : groups.members(g)) {
        boolean none = Double.isNaN(rewards.get(i)) || group.allEqual();
        advantages[i] = none ? 0 : advantage(rewards.get(i), group);
      }
    }
    return DoubleVector.of(advantages);
  }
}
