package org.grpo4j.objective;

import org.grpo4j.declare.Inline;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Require;

/**
 * The clipped surrogate whose loss is bounded for {@code A < 0} (Eq. 43; Ye et al. 2019, arXiv
 * 1912.09729). On by default in verl with {@code bound = 3}.
 *
 * <pre>A at least 0: as clipped;   A below 0: loss = min( -bound A, max(-rho A, -clip(rho) A) )
 * </pre>
 *
 * @param clip the clipped surrogate
 * @param bound bound on the ratio for {@code A < 0}, greater than 1; a ratio exactly on it is
 *     inside
 */
@Kind(
    value = "dual-clip",
    label = "Dual clip (verl)",
    description = "The clipped surrogate with a bound for negative advantages: Ye et al. 2019.",
    equation = 43)
public record DualClipSurrogate(
    @Inline ClippedSurrogate clip,
    @Setting(
            value = "Bound of the ratio for negative advantages.",
            byDefault = "3",
            range = "(1, inf)")
        double bound)
    implements Surrogate {

  public DualClipSurrogate {
    Require.that(bound > 1, "bound", "greater than 1", bound);
    Require.positive("bound", bound);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    SurrogateTerm single = clip.term(logProb, ratio, advantage);
    if (advantage >= 0 || ratio <= bound) {
      return single;
    }
    double loss = Math.min(-bound * advantage, single.loss());
    return SurrogateTerm.ofRatio(
        loss, 0, single.unclipped(), bound * advantage, ClipBranch.BOUNDED);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    Explanation single = clip.explain(logProb, ratio, advantage);
    if (advantage >= 0 || ratio <= bound) {
      return single;
    }
    Explanation bounded =
        Explanation.filled(
            -bound * advantage,
            "",
            "bound",
            "-{0} * {1}",
            Explanation.of(bound, "c", "bound of the ratio"),
            Explanation.of(advantage, "A", "advantage"));
    return Explanation.filled(
        Math.min(bounded.value(), single.value()),
        "",
        "dual clip",
        "min({0}, {1})",
        bounded,
        single);
  }
}
