package org.grpo4j.course.judge;

import static org.grpo4j.course.judge.Rows.brief;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Lab 5, first half: one token, from logits to numbers and back. */
final class LogitsLab {

  /** Logits, the token drawn, the derivatives by its log-probability and entropy, temperature. */
  record Logits(DoubleVector logits, int token, double g, double h, double temperature)
      implements Inputs {

    /** The right log-probabilities. */
    double[] logProbs() {
      return Pieces.LIBRARY.logProbs(logits.toArray(), temperature);
    }

    @Override
    public String toString() {
      return "logits %s · temperature %s · token %d · dL/dlog p %s · dL/dH %s"
          .formatted(Rows.text(logits), brief(temperature), token, brief(g), brief(h));
    }
  }

  private static final Property<Logits> NORMALISED =
      new Property<>(
          "the probabilities must sum to 1",
          (pieces, in, yours) -> {
            double sum = Arrays.stream(yours.row(0).toArray()).map(Math::exp).sum();
            return Rows.unless(Rows.near(1, sum), "yours sum to " + brief(sum));
          });
  private static final Property<Logits> TEMPERATURE =
      new Property<>(
          "log-probabilities must differ as logits / temperature do", LogitsLab::temperature);
  private static final Property<Logits> NOT_SAMPLED =
      new Property<>(
          "the entropy must not depend on the token drawn",
          (pieces, in, yours) -> {
            int other = (in.token() + 1) % in.logits().size();
            double its = pieces.entropy(in.logProbs(), other);
            return Rows.unless(
                Rows.near(yours.get(0, 0), its),
                "for another token " + brief(yours.get(0, 0)) + " becomes " + brief(its));
          });
  private static final Property<Logits> SUM =
      new Property<>(
          "the derivatives by the logits must sum to 0",
          (pieces, in, yours) -> {
            double sum = yours.row(0).sum();
            return Rows.unless(Math.abs(sum) < 1e-9, "yours sum to " + brief(sum));
          });
  private static final Property<Logits> DERIVATIVE =
      new Property<>("they must be the derivatives of the loss", LogitsLab::derivative);

  private LogitsLab() {}

  static List<Exercise<?>> exercises() {
    Cases<Logits> cases =
        new Cases<>(
            List.of(
                new Logits(DoubleVector.of(0, 0), 0, 1, 0, 1),
                new Logits(DoubleVector.of(1, 0), 1, -1, 0, 1),
                new Logits(DoubleVector.of(1, 0), 0, 0, 1, 1),
                new Logits(DoubleVector.of(1, 0), 1, -1, 0, 0.5),
                new Logits(DoubleVector.of(300, 0, 299), 2, -1.5, 0.5, 2),
                new Logits(DoubleVector.of(0, 1, Double.NEGATIVE_INFINITY), 1, -1.5, 0.5, 2)),
            LogitsLab::draw);
    return List.of(
        new Exercise<>(
            new Question(5, "Log-probabilities", 2, 23, "logProbs"),
            (pieces, in) -> Rows.of(pieces.logProbs(in.logits().toArray(), in.temperature())),
            cases,
            List.of(NORMALISED, TEMPERATURE)),
        new Exercise<>(
            new Question(5, "Entropy", 1, 9, "entropy"),
            (pieces, in) -> Rows.of(pieces.entropy(in.logProbs(), in.token())),
            cases,
            List.of(NOT_SAMPLED)),
        new Exercise<>(
            new Question(5, "From the coefficient to the logits", 2, 8, "lossByLogits"),
            (pieces, in) ->
                Rows.of(
                    pieces.lossByLogits(
                        in.logProbs(), in.token(), in.g(), in.h(), in.temperature())),
            cases,
            List.of(SUM, DERIVATIVE)));
  }

  private static Logits draw(SplittableRandom random, int size) {
    return new Logits(
        Draws.vector(random, size, -2, 2),
        random.nextInt(size),
        Draws.number(random, -2, 2),
        Draws.number(random, -1, 1),
        Draws.number(random, 0.3, 0.9));
  }

  private static Optional<String> temperature(Pieces pieces, Logits in, TokenTable yours) {
    double difference = (in.logits().get(1) - in.logits().get(0)) / in.temperature();
    double its = yours.get(0, 1) - yours.get(0, 0);
    return Rows.differs(difference, its).map(found -> "second minus first " + found);
  }

  private static Optional<String> derivative(Pieces pieces, Logits in, TokenTable yours) {
    for (int j = 0; j < in.logits().size(); j++) {
      int moved = j;
      Optional<String> found =
          Rows.slope(at -> loss(in, moved, at), in.logits().get(j), yours.get(0, j));
      if (found.isPresent()) {
        return found.map(one -> "logit " + moved + ", " + one);
      }
    }
    return Optional.empty();
  }

  /** The loss of the right distribution with one logit moved. */
  private static double loss(Logits in, int moved, double to) {
    double[] logits = in.logits().toArray();
    logits[moved] = to;
    double[] logProbs = Pieces.LIBRARY.logProbs(logits, in.temperature());
    return in.g() * logProbs[in.token()] + in.h() * Pieces.LIBRARY.entropy(logProbs, in.token());
  }
}
