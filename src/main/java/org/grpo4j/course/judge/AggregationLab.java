package org.grpo4j.course.judge;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Lab 4: the weights of tokens. */
final class AggregationLab {

  /** A batch of completions, some of their tokens masked. */
  record Batch(TokenTable mask, RowGroups groups, int constant) implements Inputs {

    static Batch of(double[]... mask) {
      int[] ids = new int[mask.length];
      Arrays.setAll(ids, i -> i / 2);
      return new Batch(TokenTable.of(mask), RowGroups.of(ids), 8);
    }

    double tokens(int row) {
      return Masks.count(mask.row(row));
    }
  }

  private static final Property<Batch> MASKED = Property.masked(Batch::mask);
  private static final Property<Batch> ROWS =
      new Property<>(
          "the weights of each of N completions must sum to 1 / N: {right}, yours sum to {yours}",
          (pieces, in, yours) -> {
            double[] right = sums(yours).toArray();
            Arrays.setAll(right, i -> in.tokens(i) > 0 ? 1.0 / right.length : 0);
            return Gap.of(right, sums(yours));
          });
  private static final Property<Batch> SUM =
      new Property<>(
          "the weights must sum to 1: yours sum to {yours}",
          (pieces, in, yours) ->
              Masks.count(in.mask()) == 0 ? Gap.NONE : Gap.of(1, sums(yours).sum()));
  private static final Property<Batch> ALIKE =
      new Property<>(
          "all tokens must weigh the same: yours weigh {right} and {yours}",
          (pieces, in, yours) -> {
            double mean = Masks.mean(yours, in.mask());
            TokenTable alike = TokenTable.constant(in.mask().lengths(), mean);
            return new Gap(Rows.masked(alike, in.mask()), Rows.masked(yours, in.mask()));
          });
  private static final Property<Batch> ADD_UP =
      new Property<>(
          "the weights of a completion must not depend on the others of its micro-batch: by itself"
              + " they sum to {right}, here to {yours}",
          (pieces, in, yours) -> {
            TokenTable first = in.mask().rows(0, 1);
            RowGroups one = RowGroups.of(0);
            TokenTable alone = pieces.tokenMeanWeights(first, one, in.constant(), 2);
            return Gap.of(alone.row(0).sum(), yours.row(0).sum());
          });

  private AggregationLab() {}

  static List<Exercise<?>> exercises() {
    return List.of(
        exercise(
            new Question(4, "Mean of completions' means (GRPO)", 3, 6),
            (pieces, in) -> pieces.weights(in.mask(), in.groups()),
            List.of(MASKED, ROWS)),
        exercise(
            new Question(4, "Mean of all tokens (DAPO)", 1, 6),
            (pieces, in) -> pieces.batchMeanWeights(in.mask(), in.groups()),
            List.of(MASKED, SUM, ALIKE)),
        exercise(
            new Question(4, "Mean of completions' sums", 1, 6),
            (pieces, in) -> pieces.rowSumWeights(in.mask(), in.groups()),
            List.of(MASKED, ALIKE)),
        exercise(
            new Question(4, "Sums by a constant, empty rows skipped", 2, 6),
            (pieces, in) -> pieces.constantWeights(in.mask(), in.groups(), in.constant()),
            List.of(MASKED, ALIKE)),
        exercise(
            new Question(4, "Mean of groups' token means", 2, 6),
            (pieces, in) -> pieces.groupMeanWeights(in.mask(), in.groups()),
            List.of(MASKED)),
        exercise(
            new Question(4, "Sum of a micro-batch by a constant", 1, 6),
            (pieces, in) -> pieces.tokenMeanWeights(in.mask(), in.groups(), in.constant(), 2),
            List.of(MASKED, ALIKE, ADD_UP)));
  }

  private static Exercise<Batch> exercise(
      Question question,
      BiFunction<Pieces, Batch, TokenTable> weights,
      List<Property<Batch>> properties) {
    Cases<Batch> cases =
        new Cases<>(
            List.of(
                Batch.of(new double[] {1, 1}),
                Batch.of(new double[] {1, 1, 1, 1}, new double[] {1, 0, 0, 0}),
                Batch.of(new double[] {1, 1}, new double[] {0, 0}),
                Batch.of(new double[] {0, 0}, new double[] {0, 0})),
            (random, size) ->
                new Batch(
                    Draws.mask(random, size), Draws.groups(random, size), 10 + random.nextInt(90)));
    return new Exercise<>(question, weights, cases, properties);
  }

  private static DoubleVector sums(TokenTable weights) {
    double[] sums = new double[weights.rows()];
    Arrays.setAll(sums, i -> weights.row(i).sum());
    return DoubleVector.of(sums);
  }
}
