package org.grpo4j.course.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.TokenTable;

/** Lab 3: K1, K2 and K3. */
final class DivergenceLab {

  /** A token's log-probability under the policy and under the reference. */
  record Token(double logProb, double reference) implements Inputs {

    double x() {
      return logProb - reference;
    }

    /** A few units in the last place of {@code x}: near 0, K3 is much smaller than that. */
    @Override
    public double rounding() {
      return 1e-15 * Math.abs(x());
    }

    @Override
    public String toString() {
      return "log pi %s · log pi_ref %s · x = log pi - log pi_ref %s"
          .formatted(Rows.brief(logProb), Rows.brief(reference), Rows.brief(x()));
    }
  }

  /** A value or a slope by {@code logProb}. */
  private interface Function {
    double of(Pieces pieces, double logProb, double reference);
  }

  private static final Property<Token> REFERENCE =
      new Property<>(
          "at the reference it must be 0",
          (pieces, in, yours) -> in.x() == 0 ? Rows.differs(0, yours.get(0, 0)) : Optional.empty());
  private static final Property<Token> NEVER_NEGATIVE =
      new Property<>(
          "K3 is never negative",
          (pieces, in, yours) ->
              Rows.unless(yours.get(0, 0) >= 0, "yours is " + Rows.brief(yours.get(0, 0))));
  private static final Property<Token> EXPECTATION =
      new Property<>(
          "over samples of the policy the mean of K3 must be the KL divergence",
          DivergenceLab::expectation);
  private static final Property<Token> NEAR =
      new Property<>(
          "near the reference K3 must be x * x / 2, of which exp(-x) + x - 1 loses all digits",
          DivergenceLab::nearReference);

  private DivergenceLab() {}

  static List<Exercise<?>> exercises() {
    Cases<Token> far =
        new Cases<>(
            List.of(
                new Token(-1, -1),
                new Token(-1, -1.5),
                new Token(-1.5, -1),
                new Token(-0.1, -4),
                new Token(-5, -0.1)),
            (random, size) -> draw(random, 0.1 * size));
    Cases<Token> near =
        new Cases<>(
            List.of(new Token(-1, -1 - 1e-3), new Token(-1, -1 - 1e-6), new Token(-1, -1 + 1e-9)),
            (random, size) -> draw(random, Math.pow(10, -size)));
    return List.of(
        both("K1 and its slope", "k1", Pieces::k1Value, Pieces::k1Slope, far),
        both("K2 and its slope", "k2", Pieces::k2Value, Pieces::k2Slope, far),
        one("K3", "klValue", Pieces::klValue, far, REFERENCE, NEVER_NEGATIVE, EXPECTATION),
        one("K3's slope", "klSlope", Pieces::klSlope, far, REFERENCE, slope(0, Pieces::klValue)),
        one("K3 near the reference", "klValue", Pieces::klValue, near, NEVER_NEGATIVE, NEAR));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Exercise<Token> one(
      String title,
      String piece,
      Function function,
      Cases<Token> cases,
      Property<Token>... properties) {
    return new Exercise<>(
        new Question(3, title, 2, 5, piece),
        (pieces, in) -> Rows.of(function.of(pieces, in.logProb(), in.reference())),
        cases,
        Arrays.asList(properties));
  }

  private static Exercise<Token> both(
      String title, String name, Function value, Function slope, Cases<Token> cases) {
    return new Exercise<>(
        new Question(3, title, 2, 5, name + "Value", name + "Slope"),
        (pieces, in) ->
            Rows.of(
                value.of(pieces, in.logProb(), in.reference()),
                slope.of(pieces, in.logProb(), in.reference())),
        cases,
        List.of(REFERENCE, slope(1, value)));
  }

  private static Property<Token> slope(int column, Function value) {
    return new Property<>(
        "the slope must be the derivative of the value",
        (pieces, in, yours) ->
            Rows.slope(
                at -> value.of(pieces, at, in.reference()), in.logProb(), yours.get(0, column)));
  }

  private static Token draw(SplittableRandom random, double scale) {
    double x = random.nextDouble(0.5, 1) * scale * (random.nextBoolean() ? 1 : -1);
    return new Token(-1.5, -1.5 - x);
  }

  /** Two distributions of two tokens. */
  private static Optional<String> expectation(Pieces pieces, Token in, TokenTable yours) {
    double[] policy = {0.7, 0.3};
    double[] reference = {0.2, 0.8};
    double mean = 0;
    double truth = 0;
    for (int j = 0; j < policy.length; j++) {
      double logProb = Math.log(policy[j]);
      mean += policy[j] * pieces.klValue(logProb, Math.log(reference[j]));
      truth += policy[j] * (logProb - Math.log(reference[j]));
    }
    return Rows.differs(truth, mean).map(found -> "for 0.7, 0.3 against 0.2, 0.8 it is " + found);
  }

  private static Optional<String> nearReference(Pieces pieces, Token in, TokenTable yours) {
    double x = in.x();
    double expected = x * x / 2 - x * x * x / 6;
    boolean holds = Math.abs(yours.get(0, 0) - expected) <= 1e-4 * expected;
    return Rows.unless(holds, Rows.brief(expected) + ", yours " + Rows.brief(yours.get(0, 0)));
  }
}
