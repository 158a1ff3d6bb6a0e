package org.grpo4j.course.judge;

import java.util.List;
import java.util.Optional;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.course.catalogue.TrainingRun;
import org.grpo4j.math.TokenTable;

/** Lab 6: the trainer, by what it does to a table of logits in a few updates. */
final class TrainerLab {

  private static final int UPDATES = 5;
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  /** A run. */
  record Run(TrainingRun of) implements Inputs {

    static Run of(long seed, int innerEpochs, int miniBatches, double beta, int refreshEvery) {
      return new Run(
          new TrainingRun(
              seed, UPDATES, innerEpochs, miniBatches, beta, refreshEvery, 0, UNBOUNDED));
    }

    static Run of(long seed, int warmup, double maxGradientNorm) {
      return new Run(new TrainingRun(seed, UPDATES, 1, 1, 0, 0, warmup, maxGradientNorm));
    }

    @Override
    public String toString() {
      return ("%d updates of 2 prompts x 6 completions · mu %d · mini-batches %d · beta %s ·"
              + " reference refreshed every %d · warm-up %d · gradient norm at most %s · seed"
              + " %d")
          .formatted(
              of.updates(),
              of.innerEpochs(),
              of.miniBatches(),
              Rows.brief(of.beta()),
              of.referenceRefreshEvery(),
              of.warmupUpdates(),
              Rows.brief(of.maxGradientNorm()),
              of.seed());
    }
  }

  private static final Property<Run> STEPS =
      new Property<>(
          "an update must make mu x mini-batches optimiser steps",
          (pieces, in, yours) -> first(in, yours, 0, "steps"));
  private static final Property<Run> SHARE =
      new Property<>(
          "a step must take its share of the completions",
          (pieces, in, yours) -> first(in, yours, 1, "completions"));
  private static final Property<Run> RATE =
      new Property<>(
          "the learning rate must be that of the update",
          (pieces, in, yours) -> first(in, yours, 2, "learning rate"));
  private static final Property<Run> PARAMETERS =
      new Property<>("the same draws must give the same parameters", TrainerLab::parameters);

  private TrainerLab() {}

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
        new Question(6, title, 2, equation, "training"),
        (pieces, in) -> pieces.training(in.of()),
        cases,
        List.of(STEPS, SHARE, RATE, PARAMETERS));
  }

  /** The first update in which a number of its row is not the library's. */
  private static Optional<String> first(Run in, TokenTable yours, int column, String what) {
    TokenTable right = Pieces.LIBRARY.training(in.of());
    for (int update = 0; update < in.of().updates(); update++) {
      double is = yours.get(2 * update, column);
      double mustBe = right.get(2 * update, column);
      if (!Rows.near(is, mustBe)) {
        return Optional.of(
            "update %d: %s %s, yours %s"
                .formatted(update, what, Rows.brief(mustBe), Rows.brief(is)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> parameters(Pieces pieces, Run in, TokenTable yours) {
    TokenTable right = Pieces.LIBRARY.training(in.of());
    for (int update = 0; update < in.of().updates(); update++) {
      for (int i = 0; i < right.length(2 * update + 1); i++) {
        double is = yours.get(2 * update + 1, i);
        double mustBe = right.get(2 * update + 1, i);
        if (!Rows.near(is, mustBe)) {
          return Optional.of(
              "after update %d parameter %d is %s, yours %s".formatted(update, i, mustBe, is));
        }
      }
    }
    return Optional.empty();
  }
}
