package org.grpo4j.policy.network.engine;

import java.util.Arrays;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * A mixture of experts in place of one feed-forward part: small feed-forward networks, of which a
 * router chooses a few for each token (Eq. 24 to 27). Beside them one may serve every token.
 *
 * @param count number of experts {@code E}
 * @param active experts of a token {@code k}; at least 2, since a single gate weight is always 1
 *     and would give the router no gradient
 * @param width hidden units of an expert
 * @param shared hidden units of the expert that every token goes through; 0 for none
 * @param balance what keeps them evenly loaded
 */
@Kind(
    value = "routed",
    description = "Small feed-forward networks, of which a router chooses a few for each token.",
    equation = 24,
    none = "Every token goes through the whole feed-forward part.")
public record Experts(
    @Setting(value = "Number of experts.", byDefault = "8", range = "[2, 256]") int count,
    @Setting(
            value = "Experts that a token goes through; not more than there are.",
            byDefault = "2",
            range = "[2, 256]")
        int active,
    @Setting(
            value = "Hidden width of an expert.",
            byDefault = "48",
            range = "[1, 4096]",
            unit = "features")
        int width,
    @Setting(
            value = "Hidden width of the expert that every token goes through; 0 for none.",
            byDefault = "48",
            range = "[0, 4096]",
            unit = "features")
        int shared,
    @Setting(value = "What keeps them evenly loaded.", byDefault = "loss") Balance balance) {

  public Experts {
    Require.atLeast(2, "count", count);
    Require.atLeast(2, "active", active);
    Require.that(active <= count, "active", "at most the " + count + " experts there are", active);
    Require.atLeast(1, "width", width);
    Require.atLeast(0, "shared", shared);
  }

  /** Whether the selection has a bias. */
  public boolean hasBias() {
    return balance.biasStep() > 0;
  }

  /** Parameters of the experts of a layer that a token does not go through. */
  public int idleParameters(int residualWidth) {
    return (count - active) * width * (2 * residualWidth + 1);
  }

  /**
   * Chooses the {@code k} experts of a token (Eq. 24): those of largest preference, of equal ones
   * the first.
   *
   * @param preference probability and bias of each, {@code [E]}
   * @param into gets the {@code k} indices, in ascending order
   * @param at where in {@code into}
   */
  public void choose(double[] preference, int[] into, int at) {
    boolean[] taken = new boolean[count];
    for (int j = 0; j < active; j++) {
      int best = -1;
      for (int e = 0; e < count; e++) {
        if (!taken[e] && (best < 0 || preference[e] > preference[best])) {
          best = e;
        }
      }
      taken[best] = true;
      into[at + j] = best;
    }
    Arrays.sort(into, at, at + active);
  }

  /** The numbers for a log. */
  public String describe() {
    return count + " experts of " + width + ", " + active + " active, shared " + shared;
  }
}
