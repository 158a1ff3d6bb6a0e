package org.grpo4j.experiment.run;

import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator.Need;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Sampler;
import org.grpo4j.train.UpdateTrace;

/**
 * Floating-point operations of training, by the usual rule: a token costs 2 operations for each
 * weight of a matrix it passes forward, and twice that again backward. Attention scores, soft-max
 * and layer norm are left out; evaluation too.
 *
 * @param matrixWeights weights of all matrices
 * @param promptLength tokens of a prompt
 */
public record FlopEstimate(long matrixWeights, int promptLength) {

  private static final double FORWARD = 2;
  private static final double FORWARD_AND_BACKWARD = 6;

  /** The estimate for the model of {@code config}. */
  public static FlopEstimate of(ExperimentConfig config, TaskSource task) {
    return new FlopEstimate(config.model().matrixWeights(task), task.promptLength());
  }

  /** Sampling: each prompt is read once for its group, then every token but the last is read. */
  public double rollout(long prompts, long completions, long tokens) {
    return FORWARD * matrixWeights * (prompts * (double) promptLength + tokens - completions);
  }

  /** Learning: prompt and completion of every row, the last token left out, once an epoch. */
  public double learning(long completions, long tokens, int epochs) {
    double positions = completions * (double) (promptLength - 1) + tokens;
    return FORWARD_AND_BACKWARD * matrixWeights * positions * epochs;
  }

  /** Scoring the same rows without learning, by the reference policy for example. */
  double scoring(long completions, long tokens) {
    return learning(completions, tokens, 1) * FORWARD / FORWARD_AND_BACKWARD;
  }

  /** All updates of a run: sampling, learning, and reference policy and critic if there are any. */
  public double training(ExperimentConfig config, UpdateTrace.Sampled totals, int updates) {
    long prompts = totals.completions() / config.train().groupSize();
    int epochs = config.train().innerEpochs();
    // Of what was sampled, an update learns from as many completions as it asks for.
    long learned = (long) config.train().completions() * updates;
    long tokens =
        Math.round(totals.tokens() * (learned / (double) Math.max(1, totals.completions())));
    double flops =
        rollout(prompts, totals.completions(), totals.tokens()) + learning(learned, tokens, epochs);
    boolean usesReference = config.objective().kl().usesReference();
    boolean oldIsScored =
        config.sampler().other().isPresent()
            || epochs * config.train().miniBatches() > 1
            || (usesReference && config.objective().kl().inReward().isPresent());
    boolean needsNorms = config.advantage().need().equals(Optional.of(Need.SCORE_NORMS));
    int scorings =
        (usesReference ? 1 : 0)
            + (oldIsScored ? 1 : 0)
            + (config.critic().isPresent() ? 1 : 0)
            + (needsNorms ? 1 : 0)
            + routings(config);
    if (config.critic().isSeparate()) {
      flops += learning(learned, tokens, epochs);
    }
    return flops + scorings * scoring(learned, tokens);
  }

  /** Passes that read which experts other policies choose. */
  private static int routings(ExperimentConfig config) {
    return config
        .sampler()
        .other()
        .filter(other -> config.model().hasExperts())
        .map(other -> other.routing() == Sampler.Other.Experts.OLD ? 2 : 1)
        .orElse(0);
  }
}
