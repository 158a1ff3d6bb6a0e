package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;

/**
 * REINFORCE (Eq. 40): {@code loss = -A log pi}. No ratio, so it is right only on samples of the
 * current policy. With {@code A = 1} it is supervised fine-tuning.
 */
@Kind(
    value = "reinforce",
    label = "REINFORCE",
    description = "The log-probability times the advantage; no ratio.",
    equation = 40)
public record ReinforceSurrogate() implements Surrogate {

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double objective = Numbers.product(advantage, logProb);
    return SurrogateTerm.ofLogProb(-objective, -advantage, objective, objective, ClipBranch.INSIDE);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    return Explanation.filled(
        -Numbers.product(advantage, logProb),
        "",
        "REINFORCE",
        "-{0} * {1}",
        Explanation.of(advantage, "A", "advantage"),
        Explanation.of(logProb, "log pi", "log-probability"));
  }
}
