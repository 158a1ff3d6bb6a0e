package org.grpo4j.course.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.grpo4j.course.catalogue.BatchLoss;
import org.grpo4j.course.catalogue.LossOfPieces;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;

/** Lab 7: advantages and returns with a critic, whitening, the critic's own loss. */
final class CriticLab {

  /** Rewards and values of a batch; the value after it for completions that were cut off. */
  record Batch(
      TokenTable rewards,
      TokenTable values,
      TokenTable mask,
      double gamma,
      double lambda,
      DoubleVector valueAfterCut)
      implements Inputs {

    static Batch of(double lambda, double[] rewards, double[] values, double... mask) {
      DoubleVector after = DoubleVector.of(0.5);
      return new Batch(Rows.of(rewards), Rows.of(values), Rows.of(mask), 1, lambda, after);
    }

    TokenTable advantages(Pieces pieces, TokenTable given) {
      return pieces.generalizedAdvantages(rewards, given, mask, gamma, lambda);
    }

    /** The table with the values added to it. */
    TokenTable plusValues(TokenTable table) {
      return LossOfPieces.sum(table, values, mask);
    }
  }

  /** Numbers to whiten. */
  record Table(TokenTable numbers, TokenTable mask) implements Inputs {}

  /** Values of the critic, one or more. */
  record Values(
      TokenTable value, TokenTable oldValue, TokenTable target, TokenTable mask, double clip)
      implements Inputs {

    static Values of(double value) {
      return new Values(Rows.of(value), Rows.of(0.5), Rows.of(1), Rows.of(1), 0.2);
    }

    double first() {
      return value.get(0, 0);
    }

    /** The loss of the first value, were it another. */
    double loss(Pieces pieces, double at) {
      return pieces.valueLoss(at, oldValue.get(0, 0), target.get(0, 0), clip);
    }

    double slope(Pieces pieces) {
      return pieces.valueSlope(first(), oldValue.get(0, 0), target.get(0, 0), clip);
    }

    /** The loss in a row of its own, then the slopes. */
    TokenTable batchLoss(Pieces pieces) {
      BatchLoss loss = pieces.criticLoss(value, oldValue, target, mask, clip);
      List<DoubleVector> rows = new ArrayList<>(List.of(DoubleVector.of(loss.loss())));
      IntStream.range(0, mask.rows()).forEach(i -> rows.add(loss.slopes().row(i)));
      return TokenTable.of(rows);
    }
  }

  private static final Property<Batch> WHOLE_RETURN =
      new Property<>(
          "at lambda 1 advantage + value must be what rewards are still to come: {right},"
              + " yours {yours}",
          (pieces, in, yours) -> target(in, 1, yours));
  private static final Property<Batch> ONE_STEP =
      new Property<>(
          "at lambda 0 advantage + value must be reward + gamma times the next value: {right},"
              + " yours {yours}",
          (pieces, in, yours) -> target(in, 0, yours));
  private static final Property<Batch> PADDING =
      new Property<>(
          "values at masked tokens must not matter: were they 0, {right}, here {yours}",
          (pieces, in, yours) ->
              new Gap(in.advantages(pieces, Rows.masked(in.values(), in.mask())), yours));
  private static final Property<Batch> PLUS_VALUE =
      new Property<>(
          "a return must be advantage + value, before any whitening: {right}, yours {yours}",
          (pieces, in, yours) -> new Gap(in.plusValues(in.advantages(pieces, in.values())), yours));
  private static final Property<Table> MEAN =
      new Property<>(
          "the mean over the tokens that count must be 0: yours is {yours}",
          (pieces, in, yours) -> Gap.of(0, Masks.mean(yours, in.mask())));
  private static final Property<Table> DEVIATION =
      new Property<>(
          "the deviation over the tokens that count must be 1: yours is {yours}",
          (pieces, in, yours) -> {
            double variance = Moments.ofMasked(in.numbers(), in.mask()).sampleVariance();
            double deviation = Moments.ofMasked(yours, in.mask()).sampleStandardDeviation();
            double right = Math.sqrt(variance / (variance + 1e-8));
            return right > 0 ? Gap.of(right, deviation) : Gap.NONE;
          });
  private static final Property<Values> LARGER =
      Property.ofNumber(
          "clipping must never make the loss smaller: without it {right}, yours {yours}",
          (in, yours) -> {
            double error = in.first() - in.target().get(0, 0);
            return Math.max(error * error / 2, yours);
          });
  private static final Property<Values> DERIVATIVE =
      new Property<>(
          "the slope must be the derivative of the loss: finite difference {right}, yours {yours}",
          (pieces, in, yours) -> Gap.slope(at -> in.loss(pieces, at), in.first(), yours.get(0, 0)));

  private CriticLab() {}

  static List<Exercise<?>> exercises() {
    double[] last = {0, 0, 1};
    double[] values = {0.5, 0.6, 0.9};
    Cases<Batch> batches =
        new Cases<>(
            List.of(
                Batch.of(1, new double[] {1}, new double[] {0.5}, 1),
                Batch.of(0, new double[] {0, 1}, new double[] {0.5, 0.6}, 1, 1),
                Batch.of(1, last, values, 1, 1, 1),
                Batch.of(0.5, last, new double[] {0.5, 9, 0.9}, 1, 0, 1),
                Batch.of(1, new double[] {0, 1, 0}, values, 1, 1, 0)),
            (random, size) -> {
              TokenTable mask = Draws.mask(random, size / 2);
              return new Batch(
                  Draws.table(random, mask, -1, 1),
                  Draws.table(random, mask, -1, 1),
                  mask,
                  random.nextBoolean() ? 1 : 0.9,
                  Draws.number(random, 0, 1),
                  Draws.vector(random, mask.rows(), -1, 1));
            });
    Cases<Table> tables =
        new Cases<>(
            List.of(
                new Table(Rows.of(1, 0), Rows.of(1, 1)),
                new Table(Rows.of(0.5, 0.5), Rows.of(1, 1)),
                new Table(Rows.of(1, 0, 7), Rows.of(1, 1, 0))),
            (random, size) -> {
              TokenTable mask = Draws.mask(random, size);
              return new Table(Draws.table(random, mask, -1, 3), mask);
            });
    Cases<Values> errors =
        new Cases<>(
            List.of(Values.of(0.5), Values.of(0.6), Values.of(0.9), Values.of(0.1), Values.of(1.6)),
            (random, size) -> {
              TokenTable mask = Draws.mask(random, (size + 1) / 2);
              return new Values(
                  Draws.table(random, mask, -1, 1),
                  Draws.table(random, mask, -1, 1),
                  Draws.table(random, mask, -1, 1),
                  mask,
                  0.205);
            });
    Property<Batch> masked = Property.masked(Batch::mask);
    return List.of(
        new Exercise<>(
            new Question(7, "Generalised advantages", 3, 37),
            (pieces, in) -> in.advantages(pieces, in.values()),
            batches,
            List.of(masked, WHOLE_RETURN, ONE_STEP, PADDING)),
        new Exercise<>(
            new Question(7, "Completions that were cut off", 1, 37),
            (pieces, in) ->
                pieces.bootstrappedAdvantages(
                    in.rewards(), in.values(), in.mask(), in.valueAfterCut(), in.lambda()),
            batches,
            List.of(masked)),
        new Exercise<>(
            new Question(7, "Returns", 1, 37),
            (pieces, in) ->
                pieces.returns(in.rewards(), in.values(), in.mask(), in.gamma(), in.lambda()),
            batches,
            List.of(masked, PLUS_VALUE)),
        new Exercise<>(
            new Question(7, "Whitening", 2, 35),
            (pieces, in) -> pieces.whiten(in.numbers(), in.mask()),
            tables,
            List.of(Property.masked(Table::mask), MEAN, DEVIATION)),
        new Exercise<>(
            new Question(7, "The value loss", 1, 55),
            (pieces, in) -> Rows.of(in.loss(pieces, in.first())),
            errors,
            List.of(LARGER)),
        new Exercise<>(
            new Question(7, "Its slope", 1, 55),
            (pieces, in) -> Rows.of(in.slope(pieces)),
            errors,
            List.of(DERIVATIVE)),
        new Exercise<>(
            new Question(7, "Value loss and slopes of a batch", 1, 55),
            (pieces, in) -> in.batchLoss(pieces),
            errors,
            List.of()));
  }

  /** Of advantage plus value, where lambda is 0 or 1. */
  private static Gap target(Batch in, double lambda, TokenTable yours) {
    double[][] sums = in.rewards().toArrays();
    for (int i = 0; i < sums.length; i++) {
      double follows = 0;
      for (int t = sums[i].length - 1; t >= 0; t--) {
        boolean counts = in.mask().get(i, t) != 0;
        sums[i][t] = counts ? sums[i][t] + in.gamma() * follows : 0;
        follows = !counts ? follows : lambda == 1 ? sums[i][t] : in.values().get(i, t);
      }
    }
    Gap gap = new Gap(TokenTable.of(sums), in.plusValues(yours));
    return in.lambda() == lambda ? gap : Gap.NONE;
  }
}
