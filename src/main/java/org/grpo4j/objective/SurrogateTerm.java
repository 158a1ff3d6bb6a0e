package org.grpo4j.objective;

/**
 * The policy term of one token before weighting.
 *
 * @param loss the term's loss, to be minimised
 * @param lossByLogRatio {@code dloss/dlog rho}; reaches the log-probabilities through the ratio
 * @param lossByLogProb {@code dloss/dl} apart from the ratio, for surrogates such as {@code -A l}
 * @param unclipped the surrogate without any bound, to be maximised: {@code rho A} where there is a
 *     ratio
 * @param clipped the surrogate with the bound; equal to {@code unclipped} for those without one
 * @param branch which of them is active
 */
public record SurrogateTerm(
    double loss,
    double lossByLogRatio,
    double lossByLogProb,
    double unclipped,
    double clipped,
    ClipBranch branch) {

  /** The term of a surrogate that is differentiated through its ratio alone. */
  public static SurrogateTerm ofRatio(
      double loss, double lossByLogRatio, double unclipped, double clipped, ClipBranch branch) {
    double lossByLogProb = 0;
    return new SurrogateTerm(loss, lossByLogRatio, lossByLogProb, unclipped, clipped, branch);
  }

  /** The term of a surrogate {@code -weight A log pi} whose weight counts as constant. */
  public static SurrogateTerm ofLogProb(
      double loss, double lossByLogProb, double unclipped, double clipped, ClipBranch branch) {
    double lossByLogRatio = 0;
    return new SurrogateTerm(loss, lossByLogRatio, lossByLogProb, unclipped, clipped, branch);
  }
}
