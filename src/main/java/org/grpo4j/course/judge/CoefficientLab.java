package org.grpo4j.course.judge;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.ObjectiveSettings;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;

/** Lab 5: one coefficient for every token, and its way to the logits. */
final class CoefficientLab {

  /** Logits, the token drawn, the derivatives by its log-probability and by the entropy. */
  record Logits(
      DoubleVector logits, double temperature, int token, double byLogProb, double byEntropy)
      implements Inputs {

    static Logits of(double temperature, double byLogProb, double byEntropy, double... logits) {
      return new Logits(DoubleVector.of(logits), temperature, 1, byLogProb, byEntropy);
    }

    /** The right log-probabilities. */
    double[] logProbs() {
      return Pieces.LIBRARY.logProbs(logits.toArray(), temperature);
    }

    /** The right loss, were one logit another. */
    double loss(int moved, double to) {
      double[] other = logits.toArray();
      other[moved] = to;
      double[] logProbs = Pieces.LIBRARY.logProbs(other, temperature);
      return byLogProb * logProbs[token] + byEntropy * Pieces.LIBRARY.entropy(logProbs, token);
    }
  }

  /** A batch and the settings of the objective. */
  record Batch(ObjectiveInputs inputs, ObjectiveSettings settings) implements Inputs {

    double loss(Pieces pieces) {
      return pieces.objective(settings, inputs).loss();
    }

    Batch with(double beta, double alpha) {
      ObjectiveSettings one = settings;
      return new Batch(
          inputs, new ObjectiveSettings(one.low(), one.high(), beta, alpha, one.sequenceRatio()));
    }

    /** The loss, were the log-probability of the first token another. */
    double loss(Pieces pieces, double first) {
      double[][] moved = inputs.logProbs().toArrays();
      moved[0][0] = first;
      return new Batch(inputs.withLogProbs(TokenTable.of(moved)), settings).loss(pieces);
    }
  }

  private static final Property<Logits> NORMALISED =
      new Property<>(
          "the probabilities must sum to 1: yours sum to {yours}",
          (pieces, in, yours) ->
              Gap.of(1, Arrays.stream(yours.row(0).toArray()).map(Math::exp).sum()));
  private static final Property<Logits> TEMPERATURE =
      new Property<>(
          "log-probabilities must differ as logits / temperature do: the second from the first by"
              + " {right}, yours by {yours}",
          (pieces, in, yours) ->
              Gap.of(
                  (in.logits().get(1) - in.logits().get(0)) / in.temperature(),
                  yours.get(0, 1) - yours.get(0, 0)));
  private static final Property<Logits> NOT_SAMPLED =
      new Property<>(
          "the entropy must not depend on the token drawn: {right} with another, here {yours}",
          (pieces, in, yours) -> {
            int other = (in.token() + 1) % in.logits().size();
            return Gap.of(pieces.entropy(in.logProbs(), other), yours.get(0, 0));
          });
  private static final Property<Logits> SUM =
      new Property<>(
          "the derivatives by the logits must sum to 0: yours sum to {yours}",
          (pieces, in, yours) -> Gap.of(0, yours.row(0).sum()));
  private static final Property<Logits> BY_LOGIT =
      new Property<>(
          "they must be the derivatives of the loss: finite difference {right}, yours {yours}",
          (pieces, in, yours) ->
              Gap.slope(z -> in.loss(0, z), in.logits().get(0), yours.get(0, 0)));
  private static final Property<Batch> DIVERGENCE =
      new Property<>(
          "a larger beta must not make the loss smaller: {right} at 0, here {yours}",
          (pieces, in, yours) -> {
            double without = in.with(0, in.settings().alpha()).loss(pieces);
            return Gap.of(Math.max(without, yours.get(0, 0)), yours.get(0, 0));
          });
  private static final Property<Batch> BONUS =
      new Property<>(
          "a larger alpha must not make the loss larger: {right} at 0, here {yours}",
          (pieces, in, yours) -> {
            double without = in.with(in.settings().beta(), 0).loss(pieces);
            return Gap.of(Math.min(without, yours.get(0, 0)), yours.get(0, 0));
          });
  private static final Property<Batch> BY_LOG_PROB =
      new Property<>(
          "the coefficient must be the derivative of the loss: for the first token finite"
              + " difference {right}, yours {yours}",
          (pieces, in, yours) ->
              Gap.slope(
                  at -> in.loss(pieces, at), in.inputs().logProbs().get(0, 0), yours.get(0, 0)));

  private CoefficientLab() {}

  static List<Exercise<?>> exercises() {
    Cases<Logits> logits =
        new Cases<>(
            List.of(
                Logits.of(1, 1, 0, 0, 0),
                Logits.of(1, -1, 0, 1, 0),
                Logits.of(1, 0, 1, 1, 0),
                Logits.of(0.5, -1, 0, 1, 0),
                Logits.of(2, -1.5, 0.5, 300, 0, 299),
                Logits.of(2, -1.5, 0.5, 0, 1, Double.NEGATIVE_INFINITY)),
            (random, size) ->
                new Logits(
                    Draws.vector(random, size, -2, 2),
                    Draws.number(random, 0.3, 0.9),
                    random.nextInt(size),
                    Draws.number(random, -2, 2),
                    Draws.number(random, -1, 1)));
    TokenTable one = Rows.of(1);
    TokenTable padded = TokenTable.of(new double[][] {{1, 1}, {1, 0}});
    Cases<Batch> batches =
        new Cases<>(
            List.of(
                batch(new SplittableRandom(1), one, 0, 0, false),
                batch(new SplittableRandom(2), one, 0.1, 0, false),
                batch(new SplittableRandom(3), one, 0, 0.1, false),
                batch(new SplittableRandom(4), padded, 0, 0, false),
                batch(new SplittableRandom(5), padded, 0, 0, true)),
            (random, size) -> {
              TokenTable mask = Draws.mask(random, (size + 2) / 2);
              double beta = Draws.number(random, 0.05, 0.3);
              double alpha = Draws.number(random, 0.05, 0.3);
              return batch(random, mask, beta, alpha, random.nextBoolean());
            });
    return List.of(
        new Exercise<>(
            new Question(5, "Log-probabilities", 2, 23),
            (pieces, in) -> Rows.of(pieces.logProbs(in.logits().toArray(), in.temperature())),
            logits,
            List.of(NORMALISED, TEMPERATURE)),
        new Exercise<>(
            new Question(5, "Entropy", 1, 9),
            (pieces, in) -> Rows.of(pieces.entropy(in.logProbs(), in.token())),
            logits,
            List.of(NOT_SAMPLED)),
        new Exercise<>(
            new Question(5, "From the coefficient to the logits", 2, 8),
            CoefficientLab::lossByLogits,
            logits,
            List.of(SUM, BY_LOGIT)),
        new Exercise<>(
            new Question(5, "The loss of a batch", 2, 1),
            (pieces, in) -> Rows.of(in.loss(pieces)),
            batches,
            List.of(DIVERGENCE, BONUS)),
        new Exercise<>(
            new Question(5, "The coefficients of a batch", 3, 7),
            (pieces, in) -> pieces.objective(in.settings(), in.inputs()).slopes(),
            batches,
            List.of(Property.masked(in -> in.inputs().mask()), BY_LOG_PROB)));
  }

  private static TokenTable lossByLogits(Pieces pieces, Logits in) {
    return Rows.of(
        pieces.lossByLogits(
            in.logProbs(), in.token(), in.byLogProb(), in.byEntropy(), in.temperature()));
  }

  /** Random numbers where the mask is 1; where it is 0, such as must not matter. */
  private static Batch batch(
      SplittableRandom random, TokenTable mask, double beta, double alpha, boolean sequence) {
    double[][] logProbs = Draws.table(random, mask, -2, -0.2).toArrays();
    for (int i = 0; i < logProbs.length; i++) {
      DoubleVector counts = mask.row(i);
      double[] row = logProbs[i];
      Arrays.setAll(row, t -> counts.get(t) == 0 ? Double.NEGATIVE_INFINITY : row[t]);
    }
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
            TokenTable.of(logProbs),
            Draws.table(random, mask, -2, -0.2),
            Draws.table(random, mask, -2, 2),
            mask,
            RowGroups.consecutive(mask.rows(), mask.rows()));
    inputs = beta > 0 ? inputs.withReference(Draws.table(random, mask, -2, -0.2)) : inputs;
    inputs = alpha > 0 ? inputs.withEntropies(Draws.table(random, mask, 0.1, 1.5)) : inputs;
    return new Batch(inputs, new ObjectiveSettings(0.2, 0.28, beta, alpha, sequence));
  }
}
