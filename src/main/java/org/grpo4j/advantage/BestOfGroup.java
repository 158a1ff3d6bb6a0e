package org.grpo4j.advantage;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

/** Best-of-n: the completion of the highest reward of each group. */
public final class BestOfGroup {

  private BestOfGroup() {}

  /**
   * The row of the best completion of each group, {@code [P]}; the first on ties, the group's first
   * if all its rewards are missing.
   */
  public static int[] rows(DoubleVector rewards, RowGroups groups) {
    int[] best = new int[groups.count()];
    for (int g = 0; g < best.length; g++) {
      best[g] = row(rewards, groups.members(g));
    }
    return best;
  }

  /** The same of the group with these rows. */
  static int row(DoubleVector rewards, int[] members) {
    int best = members[0];
    for (int i : members) {
      double reward = rewards.get(i);
      double highest = rewards.get(best);
      // NaN is never compared: the page's compiler and the JVM differ in that.
      if (!Double.isNaN(reward) && (Double.isNaN(highest) || reward > highest)) {
        best = i;
      }
    }
    return best;
  }
}
