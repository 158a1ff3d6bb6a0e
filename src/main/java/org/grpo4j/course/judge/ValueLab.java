package org.grpo4j.course.judge;

import static org.grpo4j.course.judge.Rows.brief;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.BatchLoss;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;

/** Lab 7, second half: whitening and the critic's own loss. */
final class ValueLab {

  /** Numbers to whiten. */
  record Table(TokenTable numbers, TokenTable mask) implements Inputs {

    @Override
    public String toString() {
      return "numbers " + Rows.text(numbers) + " · mask " + Rows.text(mask);
    }
  }

  /** Values of the critic, one or more. */
  record Values(TokenTable values, TokenTable old, TokenTable targets, TokenTable mask, double clip)
      implements Inputs {

    static Values of(double value, double old, double target) {
      return new Values(Rows.of(value), Rows.of(old), Rows.of(target), Rows.of(1), 0.2);
    }

    /** The loss of the first value, if it were another. */
    double loss(Pieces pieces, double value) {
      return pieces.valueLoss(value, old.get(0, 0), targets.get(0, 0), clip);
    }

    double slope(Pieces pieces) {
      return pieces.valueSlope(values.get(0, 0), old.get(0, 0), targets.get(0, 0), clip);
    }

    TokenTable batchLoss(Pieces pieces) {
      BatchLoss loss = pieces.criticLoss(values, old, targets, mask, clip);
      List<DoubleVector> rows = new ArrayList<>(List.of(DoubleVector.of(loss.loss())));
      for (int i = 0; i < loss.slopes().rows(); i++) {
        rows.add(loss.slopes().row(i));
      }
      return TokenTable.of(rows);
    }

    @Override
    public String toString() {
      return "value %s · old value %s · target %s · mask %s · clip %s"
          .formatted(
              Rows.text(values), Rows.text(old), Rows.text(targets), Rows.text(mask), brief(clip));
    }
  }

  private static final Property<Table> MASKED =
      new Property<>("a masked number must become 0", ValueLab::masked);
  private static final Property<Table> MEAN =
      new Property<>(
          "the mean over the tokens that count must be 0",
          (pieces, in, yours) -> {
            double mean = Masks.mean(yours, in.mask());
            return Rows.unless(Math.abs(mean) < 1e-9, "yours is " + brief(mean));
          });
  private static final Property<Table> DEVIATION =
      new Property<>("over the tokens that count the deviation must be 1", ValueLab::deviation);
  private static final Property<Values> LARGER =
      new Property<>("clipping must never make the loss smaller", ValueLab::larger);
  private static final Property<Values> DERIVATIVE =
      new Property<>(
          "the slope must be the derivative of the loss",
          (pieces, in, yours) ->
              Rows.slope(at -> in.loss(pieces, at), in.values().get(0, 0), yours.get(0, 0)));

  private ValueLab() {}

  static List<Exercise<?>> exercises() {
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
    Cases<Values> values =
        new Cases<>(
            List.of(
                Values.of(0.5, 0.5, 1),
                Values.of(0.6, 0.5, 1),
                Values.of(0.9, 0.5, 1),
                Values.of(0.1, 0.5, 1),
                Values.of(1.6, 0.5, 1)),
            ValueLab::draw);
    return List.of(
        new Exercise<>(
            new Question(7, "Whitening", 2, 35, "whiten"),
            (pieces, in) -> pieces.whiten(in.numbers(), in.mask()),
            tables,
            List.of(MASKED, MEAN, DEVIATION)),
        new Exercise<>(
            new Question(7, "The value loss", 1, 55, "valueLoss"),
            (pieces, in) -> Rows.of(in.loss(pieces, in.values().get(0, 0))),
            values,
            List.of(LARGER)),
        new Exercise<>(
            new Question(7, "Its slope", 1, 55, "valueSlope"),
            (pieces, in) -> Rows.of(in.slope(pieces)),
            values,
            List.of(DERIVATIVE)),
        new Exercise<>(
            new Question(7, "Value loss and slopes of a batch", 1, 55, "criticLoss"),
            (pieces, in) -> in.batchLoss(pieces),
            values,
            List.of()));
  }

  private static Values draw(SplittableRandom random, int size) {
    TokenTable mask = Draws.mask(random, (size + 1) / 2);
    return new Values(
        Draws.table(random, mask, -1, 1),
        Draws.table(random, mask, -1, 1),
        Draws.table(random, mask, -1, 1),
        mask,
        0.205);
  }

  private static Optional<String> masked(Pieces pieces, Table in, TokenTable yours) {
    for (int i = 0; i < yours.rows(); i++) {
      for (int t = 0; t < yours.length(i); t++) {
        if (in.mask().get(i, t) == 0 && yours.get(i, t) != 0) {
          return Optional.of("yours becomes " + brief(yours.get(i, t)));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> deviation(Pieces pieces, Table in, TokenTable yours) {
    Moments before = Moments.ofMasked(in.numbers(), in.mask());
    double deviation = Moments.ofMasked(yours, in.mask()).sampleStandardDeviation();
    return Rows.unless(
        before.allEqual() || Math.abs(deviation - 1) < 1e-3, "yours is " + brief(deviation));
  }

  private static Optional<String> larger(Pieces pieces, Values in, TokenTable yours) {
    double error = in.values().get(0, 0) - in.targets().get(0, 0);
    double plain = error * error / 2;
    return Rows.unless(
        yours.get(0, 0) >= plain - 1e-9,
        "without it " + brief(plain) + ", yours " + brief(yours.get(0, 0)));
  }
}
