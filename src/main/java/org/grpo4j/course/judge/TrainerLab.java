package org.grpo4j.course.judge;

import java.util.Arrays;
import java.util.List;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.course.catalogue.TrainingRun;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Lab 6: the trainer, by what it does to a table of logits in a few updates. */
final class TrainerLab {

  private static final int UPDATES = 5;
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  /** A run: updates of 2 prompts with 6 completions each. */
  record Run(TrainingRun of) implements Inputs {

    static Run of(long seed, int innerEpochs, int miniBatches, double beta, int refreshEvery) {
      return new Run(
          new TrainingRun(
              seed, UPDATES, innerEpochs, miniBatches, beta, refreshEvery, 0, UNBOUNDED));
    }

    static Run of(long seed, int warmup, double maxGradientNorm) {
      return new Run(new TrainingRun(seed, UPDATES, 1, 1, 0, 0, warmup, maxGradientNorm));
    }

    TokenTable right() {
      return Pieces.LIBRARY.training(of);
    }
  }

  private static final List<Property<Run>> PROPERTIES =
      List.of(
          column(0, "an update must make mu x mini-batches optimiser steps"),
          column(1, "a step must take its share of the completions"),
          column(2, "the learning rate must be that of the update"),
          new Property<>(
              "the same draws must give the same parameters: {right}, yours {yours}",
              (pieces, in, yours) -> new Gap(in.right(), yours)));

  private TrainerLab() {}

  /** A number of every update. */
  private static Property<Run> column(int column, String claim) {
    return new Property<>(
        claim + ": {right}, yours {yours}",
        (pieces, in, yours) -> Gap.of(column(in.right(), column), of(yours, column)));
  }

  private static double[] column(TokenTable run, int column) {
    double[] numbers = new double[run.rows() / 2];
    Arrays.setAll(numbers, update -> run.get(2 * update, column));
    return numbers;
  }

  private static DoubleVector of(TokenTable run, int column) {
    return DoubleVector.of(column(run, column));
  }

  static List<Exercise<?>> exercises() {
    return List.of(
        exercise(
            "One step an update",
            1,
            new Cases<>(
                List.of(Run.of(1, 1, 1, 0, 0)),
                (random, size) -> Run.of(random.nextInt(1000), 1, 1, 0, 0))),
        exercise(
            "Several inner epochs",
            2,
            new Cases<>(
                List.of(Run.of(1, 2, 1, 0, 0)),
                (random, size) -> Run.of(random.nextInt(1000), 2 + size % 3, 1, 0, 0))),
        exercise(
            "Mini-batches",
            1,
            new Cases<>(
                List.of(Run.of(1, 1, 2, 0, 0), Run.of(1, 2, 3, 0, 0)),
                (random, size) -> Run.of(random.nextInt(1000), 1 + size % 2, 2 + size % 3, 0, 0))),
        exercise(
            "The reference policy",
            5,
            new Cases<>(
                List.of(Run.of(1, 1, 1, 0.5, 0), Run.of(1, 1, 1, 0.5, 2)),
                (random, size) -> Run.of(random.nextInt(1000), 1, 1, 0.5, 2 + size % 2))),
        exercise(
            "Learning rate and bound of the gradient",
            13,
            new Cases<>(
                List.of(Run.of(1, 3, UNBOUNDED), Run.of(1, 0, 0.02)),
                (random, size) -> Run.of(random.nextInt(1000), size, 0.01 * size))));
  }

  private static Exercise<Run> exercise(String title, int equation, Cases<Run> cases) {
    return new Exercise<>(
        new Question(6, title, 2, equation),
        (pieces, in) -> pieces.training(in.of()),
        cases,
        PROPERTIES);
  }
}
