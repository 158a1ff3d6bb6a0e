package org.grpo4j.objective;

import org.grpo4j.math.Explanation;

/**
 * The clipped surrogate whose loss is bounded for {@code A < 0} (Eq. 43; Ye et al. 2019, arXiv
 * 1912.09729). On by default in verl with {@code c = 3}.
 *
 * <pre>A at least 0: as clipped;   A below 0: loss = min( -c A, max(-rho A, -clip(rho) A) )</pre>
 *
 * @param clip the clipped surrogate
 * @param c bound on the ratio for {@code A < 0}, greater than 1; a ratio exactly on it is inside
 */
public record DualClipSurrogate(ClippedSurrogate clip, double c) implements Surrogate {

  public DualClipSurrogate {
    Checks.require("c", c > 1, "greater than 1", c);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    SurrogateTerm single = clip.term(logProb, ratio, advantage);
    if (advantage >= 0 || ratio <= c) {
      return single;
    }
    double loss = Math.min(-c * advantage, single.loss());
    return new SurrogateTerm(loss, 0, 0, single.unclipped(), c * advantage, ClipBranch.BOUNDED);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    Explanation single = clip.explain(logProb, ratio, advantage);
    if (advantage >= 0 || ratio <= c) {
      return single;
    }
    Explanation bound =
        Explanation.of(
            -c * advantage,
            "bound -c A",
            Explanation.of(c, "c"),
            Explanation.of(advantage, "advantage A"));
    return Explanation.filled(
        Math.min(bound.value(), single.value()),
        "dual clip min(bound, clipped)",
        "min({0}, {1})",
        bound,
        single);
  }
}
