package org.grpo4j.objective;

import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * SAPO (Eq. 45; arXiv 2511.20347): a smooth gate in place of the clip.
 *
 * <pre>loss = -A (4/tau) sigmoid( tau (rho - 1) ),   tau by the sign of A</pre>
 *
 * <p>The slope is full at {@code rho = 1} and fades on both sides, the faster the larger {@code
 * tau}.
 *
 * @param tauPositive temperature for {@code A > 0}, positive
 * @param tauNegative temperature otherwise, positive
 */
@Kind(
    value = "sapo",
    label = "SAPO",
    description = "SAPO: a sigmoid gate instead of a clip.",
    equation = 45)
public record SapoSurrogate(
    @Setting(
            value = "Temperature of the gate for positive advantages.",
            byDefault = "1.0",
            range = "(0, inf)")
        double tauPositive,
    @Setting(
            value = "Temperature of the gate for the others.",
            byDefault = "1.05",
            range = "(0, inf)")
        double tauNegative)
    implements Surrogate {

  public SapoSurrogate {
    Require.positive("tauPositive", tauPositive);
    Require.positive("tauNegative", tauNegative);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    double tau = tau(advantage);
    double gate = gate(tau, ratio);
    double loss = 4 / tau * -advantage * gate;
    double lossByRatio = -advantage * 4 * gate * (1 - gate);
    return SurrogateTerm.ofRatio(
        loss,
        Numbers.product(lossByRatio, ratio),
        Numbers.product(ratio, advantage),
        -loss,
        ClipBranch.INSIDE);
  }

  private double tau(double advantage) {
    return advantage > 0 ? tauPositive : tauNegative;
  }

  private static double gate(double tau, double ratio) {
    return 1 / (1 + Elementary.exp(-tau * (ratio - 1)));
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    double tau = tau(advantage);
    Explanation temperature = Explanation.of(tau, "tau", "temperature");
    Explanation gate =
        Explanation.filled(
            gate(tau, ratio),
            "gate",
            "a sigmoid",
            "1 / (1 + exp(-{0} * ({1} - 1)))",
            temperature,
            Explanation.of(ratio, "rho", "ratio"));
    return Explanation.filled(
        4 / tau * -advantage * gate.value(),
        "",
        "SAPO",
        "-4 / {0} * {1} * {2}",
        temperature,
        Explanation.of(advantage, "A", "advantage"),
        gate);
  }
}
