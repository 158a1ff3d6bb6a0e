package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;

/**
 * The surrogate without any clipping (Eq. 41; TRPO's objective without its constraint): {@code loss
 * = -rho A}. Right on samples of an old policy, with a variance that grows with the distance.
 */
@Kind(
    value = "unclipped",
    label = "Not clipped",
    description = "The ratio times the advantage, not clipped.",
    equation = 41)
public record ImportanceWeightedSurrogate() implements Surrogate {

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double objective = Numbers.product(ratio, advantage);
    return SurrogateTerm.ofRatio(-objective, -objective, objective, objective, ClipBranch.INSIDE);
  }

  @Override
  public Explanation explainByLogRatio(double logProb, double ratio, double advantage) {
    return explain(logProb, ratio, advantage);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    return Explanation.filled(
        -Numbers.product(ratio, advantage),
        "",
        "surrogate without a clip",
        "-{0} * {1}",
        Explanation.of(ratio, "rho", "ratio"),
        Explanation.of(advantage, "A", "advantage"));
  }
}
