package org.grpo4j.course.judge;

import java.util.List;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.TokenTable;

/** Lab 3: K1, K2 and K3. */
final class DivergenceLab {

  /** {@code log pi - log pi_ref} of a token, and {@code log pi_ref}. */
  record Token(double x, double reference) implements Inputs {

    double logProb() {
      return reference + x;
    }

    /** A few units in the last place of {@code x}: near 0, K3 is much smaller than that. */
    @Override
    public double rounding() {
      return 1e-15 * Math.abs(x);
    }
  }

  /** A value or a slope. */
  private interface Function {
    double of(Pieces pieces, double logProb, double reference);
  }

  private static final Property<Token> REFERENCE =
      Property.ofNumber(
          "at the reference it must be 0: yours is {yours}",
          (in, yours) -> in.x() == 0 ? 0 : yours);
  private static final Property<Token> NEVER_NEGATIVE =
      Property.ofNumber(
          "K3 is never negative: yours is {yours}", (in, yours) -> Math.max(0, yours));
  private static final Property<Token> EXPECTATION =
      new Property<>(
          "over samples of the policy its mean must be the KL divergence: for 0.7, 0.3 against"
              + " 0.2, 0.8 that is {right}, yours {yours}",
          DivergenceLab::expectation);
  private static final Property<Token> NEAR =
      new Property<>(
          "near the reference K3 must be x * x / 2, of which exp(-x) + x - 1 loses all digits:"
              + " yours is {yours} times that",
          (pieces, in, yours) -> {
            double expected = in.x() * in.x() / 2 * (1 - in.x() / 3);
            return Gap.of(1, yours.get(0, 0) / expected);
          });

  private DivergenceLab() {}

  static List<Exercise<?>> exercises() {
    Cases<Token> far =
        cases(0.1, new Token(0, -1), new Token(0.5, -1.5), new Token(-0.5, -1), new Token(-5, -1));
    Cases<Token> near = cases(1e-4, new Token(1e-3, -1), new Token(1e-6, -1), new Token(-1e-9, -1));
    return List.of(
        one("K1", 1, Pieces::k1Value, far, List.of()),
        one("K1's slope", 1, Pieces::k1Slope, far, List.of(slope(Pieces::k1Value))),
        one("K2", 1, Pieces::k2Value, far, List.of(REFERENCE)),
        one("K2's slope", 1, Pieces::k2Slope, far, List.of(slope(Pieces::k2Value))),
        one("K3", 2, Pieces::klValue, far, List.of(REFERENCE, NEVER_NEGATIVE, EXPECTATION)),
        one("K3's slope", 2, Pieces::klSlope, far, List.of(slope(Pieces::klValue))),
        one("K3 near the reference", 2, Pieces::klValue, near, List.of(NEAR)));
  }

  private static Cases<Token> cases(double scale, Token... byHand) {
    return new Cases<>(
        List.of(byHand),
        (random, size) -> {
          double x = random.nextDouble(0.5, 1) * scale * size;
          return new Token(random.nextBoolean() ? x : -x, -1.5);
        });
  }

  private static Exercise<Token> one(
      String title,
      int points,
      Function function,
      Cases<Token> cases,
      List<Property<Token>> properties) {
    return new Exercise<>(
        new Question(3, title, points, 5),
        (pieces, in) -> Rows.of(function.of(pieces, in.logProb(), in.reference())),
        cases,
        properties);
  }

  private static Property<Token> slope(Function value) {
    return new Property<>(
        "the slope must be the derivative of the value: finite difference {right}, yours {yours}",
        (pieces, in, yours) ->
            Gap.slope(at -> value.of(pieces, at, in.reference()), in.logProb(), yours.get(0, 0)));
  }

  /** Of two distributions of two tokens. */
  private static Gap expectation(Pieces pieces, Token in, TokenTable yours) {
    double[] policy = {0.7, 0.3};
    double[] reference = {0.2, 0.8};
    double mean = 0;
    double truth = 0;
    for (int j = 0; j < policy.length; j++) {
      double logProb = Math.log(policy[j]);
      mean += policy[j] * pieces.klValue(logProb, Math.log(reference[j]));
      truth += policy[j] * (logProb - Math.log(reference[j]));
    }
    return Gap.of(truth, mean);
  }
}
