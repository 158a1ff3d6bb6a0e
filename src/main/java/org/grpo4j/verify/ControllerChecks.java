package org.grpo4j.verify;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.AdaptiveEntropyWeight;
import org.grpo4j.objective.AdaptiveKlWeight;
import org.grpo4j.policy.ReferenceSync;

/** Kinds of what is adjusted between updates: coefficients and the reference policy. */
final class ControllerChecks {

  private ControllerChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "kl_controller", ControllerChecks::klController,
        "entropy_controller", ControllerChecks::entropyController,
        "reference_sync", ControllerChecks::referenceSync);
  }

  private static Answers klController(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    AdaptiveKlWeight controller =
        new AdaptiveKlWeight(options.number("target"), options.number("horizon"));
    DoubleVector kl = vectorCase.inputs().vector("kl");
    DoubleVector steps = vectorCase.inputs().vector("steps");
    double[] coefficients = new double[kl.size()];
    double beta = options.number("initial");
    for (int i = 0; i < coefficients.length; i++) {
      beta = controller.next(beta, kl.get(i), steps.get(i));
      coefficients[i] = beta;
    }
    return new Answers().with("coefficients", DoubleVector.of(coefficients));
  }

  private static Answers entropyController(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    AdaptiveEntropyWeight controller =
        new AdaptiveEntropyWeight(
            options.number("target"),
            options.number("delta"),
            options.number("min"),
            options.number("max"));
    DoubleVector entropies = vectorCase.inputs().vector("entropies");
    double[] applied = new double[entropies.size()];
    double[] coefficients = new double[entropies.size()];
    double coefficient = options.number("initial");
    OptionalDouble previous = OptionalDouble.empty();
    for (int i = 0; i < applied.length; i++) {
      applied[i] = controller.applied(coefficient, previous);
      coefficient = controller.next(coefficient, entropies.get(i));
      coefficients[i] = coefficient;
      previous = OptionalDouble.of(entropies.get(i));
    }
    return new Answers()
        .with("applied", DoubleVector.of(applied))
        .with("coefficients", DoubleVector.of(coefficients));
  }

  private static Answers referenceSync(VectorCase vectorCase) {
    DoubleVector mixed =
        new ReferenceSync(vectorCase.options().number("alpha"))
            .mix(vectorCase.inputs().vector("policy"), vectorCase.inputs().vector("reference"));
    return new Answers().with("reference", mixed);
  }
}
