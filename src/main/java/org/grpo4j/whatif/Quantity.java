package org.grpo4j.whatif;

/** A number of a token that can be explained. */
public enum Quantity {
  /** {@code A_it}. */
  ADVANTAGE,
  /** {@code g_it = dLoss/dlog pi_it}. */
  COEFFICIENT,
  /** The token's loss before weighting. */
  LOSS,
  /** The ratio of a token that counts. */
  RATIO,
  /** The KL estimate of a token that counts, if there is a reference policy. */
  KL,
  /** The aggregation weight. */
  WEIGHT;

  /**
   * The quantity that is called {@code id}: {@code advantage}, {@code coefficient} and so on.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Quantity of(String id) {
    for (Quantity quantity : values()) {
      if (Values.id(quantity).equals(id)) {
        return quantity;
      }
    }
    throw new IllegalArgumentException(
        "kind: must be one of advantage, coefficient, loss, ratio, kl, weight, got " + id);
  }
}
