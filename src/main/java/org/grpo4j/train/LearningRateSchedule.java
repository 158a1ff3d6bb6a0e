package org.grpo4j.train;

import org.grpo4j.math.Elementary;
import org.grpo4j.math.Require;

/**
 * The learning rate by step (Eq. 13): a linear warm-up, then a constant or a cosine fall to a
 * fraction of the peak. A step is an optimiser step of the cold start and an update of a trainer,
 * whose optimiser steps all have the rate of their update.
 *
 * <pre>lr(s) = peak * min(1, (s + 1) / warmup) * ( f + (1 - f) (1 + cos(pi s / steps)) / 2 )</pre>
 *
 * @param peak the largest learning rate, positive
 * @param warmupSteps steps until the peak is reached, at least 0
 * @param steps steps of the whole schedule {@code S}, at least 1; later steps keep its end
 * @param finalFraction {@code f}, what is left of the peak at the end, in [0, 1]; 1 is constant
 */
public record LearningRateSchedule(double peak, int warmupSteps, int steps, double finalFraction) {

  public LearningRateSchedule {
    Require.that(peak > 0 && Double.isFinite(peak), "peak", "positive", peak);
    Require.that(warmupSteps >= 0, "warmupSteps", "at least 0", warmupSteps);
    Require.that(steps >= 1, "steps", "at least 1", steps);
    Require.that(
        finalFraction >= 0 && finalFraction <= 1, "finalFraction", "in [0, 1]", finalFraction);
  }

  /** Warm-up, then {@code peak} for ever. */
  public static LearningRateSchedule constant(double peak, int warmupSteps) {
    return new LearningRateSchedule(peak, warmupSteps, 1, 1);
  }

  /** Warm-up under a half cosine from {@code peak} to {@code finalFraction * peak}. */
  public static LearningRateSchedule cosine(
      double peak, int warmupSteps, int steps, double finalFraction) {
    return new LearningRateSchedule(peak, warmupSteps, steps, finalFraction);
  }

  /** The learning rate of step {@code step}, from 0. */
  public double at(int step) {
    double warmup = warmupSteps == 0 ? 1 : Math.min(1, (step + 1) / (double) warmupSteps);
    double progress = Math.min(1, step / (double) steps);
    double cosine = (1 + Elementary.cos(Math.PI * progress)) / 2;
    return peak * warmup * (finalFraction + (1 - finalFraction) * cosine);
  }
}
