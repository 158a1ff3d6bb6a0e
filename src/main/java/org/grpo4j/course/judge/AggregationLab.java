package org.grpo4j.course.judge;

import static org.grpo4j.course.judge.Rows.brief;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Lab 4: the weights of tokens. */
final class AggregationLab {

  /** A batch of completions, some of their tokens masked. */
  record Batch(TokenTable mask, RowGroups groups, int constant) implements Inputs {

    static Batch of(int[] groups, double[]... mask) {
      return new Batch(TokenTable.of(mask), RowGroups.of(groups), 8);
    }

    int tokens(int row) {
      return Masks.count(mask.row(row));
    }

    @Override
    public String toString() {
      return "mask %s · groups %s · constant %d"
          .formatted(Rows.text(mask), Rows.text(groups), constant);
    }
  }

  /** The weights under one aggregation. */
  private interface Weights {
    TokenTable of(Pieces pieces, Batch in);
  }

  private static final Property<Batch> MASKED =
      new Property<>("a masked token must weigh 0", AggregationLab::masked);
  private static final Property<Batch> ALIKE =
      new Property<>("all tokens must weigh the same", AggregationLab::alike);
  private static final Property<Batch> ROWS =
      new Property<>(
          "the weights of each of N completions must sum to 1 / N",
          (pieces, in, yours) -> rowSums(in, yours, 1.0 / in.mask().rows()));
  private static final Property<Batch> SUM =
      new Property<>(
          "the weights must sum to 1",
          (pieces, in, yours) ->
              Rows.unless(
                  Masks.count(in.mask()) == 0 || Rows.near(1, sum(yours)),
                  "yours sum to " + brief(sum(yours))));
  private static final Property<Batch> ADD_UP =
      new Property<>(
          "the weights of a row must not depend on the other rows", AggregationLab::addUp);

  private AggregationLab() {}

  static List<Exercise<?>> exercises() {
    return List.of(
        exercise(
            "Mean of completions' means (GRPO)",
            3,
            "weights",
            (pieces, in) -> pieces.weights(in.mask(), in.groups()),
            MASKED,
            ROWS),
        exercise(
            "Mean of all tokens (DAPO)",
            1,
            "batchMeanWeights",
            (pieces, in) -> pieces.batchMeanWeights(in.mask(), in.groups()),
            MASKED,
            SUM,
            ALIKE),
        exercise(
            "Mean of completions' sums",
            1,
            "rowSumWeights",
            (pieces, in) -> pieces.rowSumWeights(in.mask(), in.groups()),
            MASKED,
            ALIKE),
        exercise(
            "Sums divided by a constant (Dr. GRPO), empty completions skipped",
            2,
            "constantWeights",
            (pieces, in) -> pieces.constantWeights(in.mask(), in.groups(), in.constant()),
            MASKED,
            ALIKE),
        exercise(
            "Mean of groups' token means",
            2,
            "groupMeanWeights",
            (pieces, in) -> pieces.groupMeanWeights(in.mask(), in.groups()),
            MASKED),
        exercise(
            "Sum divided by a constant, so that micro-batches add up",
            1,
            "tokenMeanWeights",
            (pieces, in) -> pieces.tokenMeanWeights(in.mask(), in.groups(), in.constant(), 2),
            MASKED,
            ALIKE,
            ADD_UP));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Exercise<Batch> exercise(
      String title, int points, String piece, Weights weights, Property<Batch>... properties) {
    Cases<Batch> cases =
        new Cases<>(
            List.of(
                Batch.of(new int[] {0}, new double[] {1, 1}),
                Batch.of(new int[] {0, 0}, new double[] {1, 1, 1, 1}, new double[] {1, 0, 0, 0}),
                Batch.of(new int[] {0, 1}, new double[] {1, 0, 1}, new double[] {1, 1, 1}),
                Batch.of(new int[] {0, 0}, new double[] {1, 1}, new double[] {0, 0}),
                Batch.of(new int[] {0, 1}, new double[] {0, 0}, new double[] {0, 0})),
            AggregationLab::draw);
    return new Exercise<>(
        new Question(4, title, points, 6, piece), weights::of, cases, Arrays.asList(properties));
  }

  private static Batch draw(SplittableRandom random, int size) {
    TokenTable mask = Draws.mask(random, size);
    return new Batch(mask, Draws.groups(random, size), 10 + random.nextInt(90));
  }

  private static Optional<String> masked(Pieces pieces, Batch in, TokenTable yours) {
    for (int i = 0; i < yours.rows(); i++) {
      for (int t = 0; t < yours.length(i); t++) {
        if (in.mask().get(i, t) == 0 && yours.get(i, t) != 0) {
          return Optional.of("yours weighs " + brief(yours.get(i, t)));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> alike(Pieces pieces, Batch in, TokenTable yours) {
    double first = Double.NaN;
    for (int i = 0; i < yours.rows(); i++) {
      for (int t = 0; t < yours.length(i); t++) {
        if (in.mask().get(i, t) != 0) {
          first = Double.isNaN(first) ? yours.get(i, t) : first;
          if (!Rows.near(first, yours.get(i, t))) {
            return Optional.of("yours weigh " + brief(first) + " and " + brief(yours.get(i, t)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> rowSums(Batch in, TokenTable yours, double share) {
    for (int i = 0; i < yours.rows(); i++) {
      double sum = yours.row(i).sum();
      if (in.tokens(i) > 0 && !Rows.near(share, sum)) {
        return Optional.of("for row " + i + ", " + brief(share) + ", yours sum to " + brief(sum));
      }
    }
    return Optional.empty();
  }

  private static double sum(TokenTable weights) {
    double sum = 0;
    for (int i = 0; i < weights.rows(); i++) {
      sum += weights.row(i).sum();
    }
    return sum;
  }

  private static Optional<String> addUp(Pieces pieces, Batch in, TokenTable yours) {
    TokenTable first = in.mask().rows(0, 1);
    TokenTable alone = pieces.tokenMeanWeights(first, RowGroups.of(0), in.constant(), 2);
    double together = yours.row(0).sum();
    return Rows.unless(
        Rows.near(together, alone.row(0).sum()),
        "the first sums to " + brief(together) + ", by itself to " + brief(alone.row(0).sum()));
  }
}
