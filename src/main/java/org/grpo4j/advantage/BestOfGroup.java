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
      int[] members = groups.members(g);
      best[g] = members[0];
      for (int i : members) {
        double reward = rewards.get(i);
        double highest = rewards.get(best[g]);
        // NaN is never compared: the page's compiler and the JVM differ in that.
        if (!Double.isNaN(reward) && (Double.isNaN(highest) || reward > highest)) {
          best[g] = i;
        }
      }
    }
    return best;
  }
}
