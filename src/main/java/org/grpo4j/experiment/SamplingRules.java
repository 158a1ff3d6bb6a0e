package org.grpo4j.experiment;

import java.util.List;
import org.grpo4j.experiment.config.CrossChecked.Refusal;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.train.Sampler;
import org.grpo4j.train.sampling.Truncation;

/**
 * The rules of who samples, what sampling is cut to, and how that is corrected for.
 *
 * @param refusals takes those that {@code config} breaks
 */
record SamplingRules(ExperimentConfig config, List<Refusal> refusals) {

  void check() {
    checkSamplerCorrection();
    config.sampler().other().ifPresent(this::checkSampler);
    checkTruncation();
  }

  private void checkSamplerCorrection() {
    ImportanceCorrection correction = config.objective().samplerCorrection();
    boolean byToken = correction.unit() == ImportanceCorrection.Unit.TOKEN;
    if (!correction.acts()
        && !(byToken && correction.outOfBounds() == ImportanceCorrection.OutOfBounds.TRUNCATE)) {
      refuse(
          "objective.sampler_correction_" + (byToken ? "outside" : "unit"),
          "has no effect without a bound",
          "Set objective.sampler_correction_bound, such as 2, or leave it out.");
    }
  }

  /** The second policy: what it is asked for, must be there and make a difference. */
  private void checkSampler(Sampler.Other other) {
    if (other.routing() != Sampler.Other.Experts.OWN && !config.model().hasExperts()) {
      refuse("sampler.routing", "must be own without experts", "Set model.experts: routed.");
    }
    if (other.routing() == Sampler.Other.Experts.OLD
        && other.updatesBehind() == 0
        && config.train().optimizerStepsPerUpdate() == 1) {
      refuse(
          "sampler.routing",
          "has no effect with one optimiser step on completions of the current policy",
          "Set sampler.updates_behind, train.mini_batches or train.inner_epochs, or choose sampler.");
    }
    if (other.old() == Sampler.Other.Old.SAMPLER && config.objective().samplerCorrection().acts()) {
      refuse(
          "sampler.old",
          "must be learner with a sampler correction, which is 1 where the sampler's"
              + " log-probabilities are the old ones",
          "Leave out objective.sampler_correction_bound, or this.");
    }
  }

  private void checkTruncation() {
    Truncation truncation = config.truncation();
    if (truncation.maxNewTokens() > 0 && config.reward().overlong().isPresent()) {
      refuse(
          "truncation.max_new_tokens",
          "must be 0 with reward.overlong, which knows the task's limit only",
          "");
    }
    if (truncation.acts() && truncation.isKept() && config.objective().kl().exact().isPresent()) {
      refuse(
          "truncation.keep_mask",
          "must be false with objective.kl: exact, which sums over all symbols",
          "Set truncation.keep_mask: false.");
    }
  }

  private void refuse(String key, String rule, String remedy) {
    refusals.add(new Refusal(key, rule, remedy));
  }
}
