package org.grpo4j.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.experiment.config.CrossChecked.Refusal;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.objective.CispoSurrogate;
import org.grpo4j.objective.CovarianceRule;
import org.grpo4j.objective.DppoSurrogate;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.task.TaskSource;

/**
 * The rules between the settings of an experiment, so that a run cannot fail for its settings once
 * it has begun, and can learn. Everything a run makes of its settings is made here for a try: a
 * constructor that refuses them becomes a problem of their section.
 */
final class ExperimentRules {

  private final ExperimentConfig config;
  private final List<Refusal> refusals = new ArrayList<>();

  private ExperimentRules(ExperimentConfig config) {
    this.config = config;
  }

  /** Every rule that {@code config} breaks, in the order of its sections. */
  static List<Refusal> refusals(ExperimentConfig config) {
    ExperimentRules rules = new ExperimentRules(config);
    rules.checkName();
    rules.attempt("task", () -> rules.checkTask(config.task().make()));
    rules.checkCritic();
    rules.checkCoefficients();
    new SamplingRules(config, rules.refusals).check();
    rules.checkLearning();
    rules.checkTeachers();
    return rules.refusals;
  }

  private void checkName() {
    if (!config.name().matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}")) {
      String rule = "must be letters, digits, dots and hyphens, at most 64, got \"";
      refuse("name", rule + config.name() + "\"", "");
    }
  }

  private void checkTask(TaskSource task) {
    attempt(
        "reward.overlong",
        () -> config.reward().overlong().ifPresent(penalty -> penalty.check(task.maxNewTokens())));
    attempt("reward.parts", () -> config.reward().parts().forEach(part -> part.check(task)));
    int limit = task.maxNewTokens();
    if (config.truncation().maxNewTokens() > limit) {
      refuse(
          "truncation.max_new_tokens",
          "must be at most the task's limit of " + limit,
          "Leave it out for that limit.");
    }
  }

  private void checkCritic() {
    boolean needsCritic =
        config.advantage().need().equals(Optional.of(AdvantageEstimator.Need.CRITIC));
    if (needsCritic != config.critic().isPresent()) {
      refuse(
          "critic",
          "must be %s with this advantage; the generalized one, and no other, uses a critic"
              .formatted(needsCritic ? "there" : "none"),
          "");
    }
    attempt("", () -> config.critic().check(config.model()));
    if (config.critic().isPresent()) {
      attempt("critic", () -> config.critic().settings(config.train()));
    }
  }

  private void checkCoefficients() {
    KlConfig kl = config.objective().kl();
    if (config.advantage().looksAtPartsOnly() && kl.inReward().isPresent()) {
      refuse(
          "objective.kl",
          "must be none or loss with this advantage, which looks at the scores of the rules only,"
              + " got reward",
          "");
    }
    // Within one update the coefficient may fall by less than the whole of it.
    int completions = config.train().completions();
    kl.controller()
        .filter(controller -> completions >= 5 * controller.horizon())
        .ifPresent(
            controller ->
                refuse(
                    "objective.kl.controller.horizon",
                    "must be more than a fifth of the %s completions of an update, got %s"
                        .formatted(completions, controller.horizon()),
                    ""));
    attempt("objective.kl", kl::penalty);
    Optional<CovarianceRule> rule = config.objective().covariance();
    if (rule.isPresent() && rule.get().needsKl() && kl.penalty().beta() == 0) {
      refuse(
          "objective.covariance",
          "has no effect without a KL penalty in the loss",
          "Set objective.kl, such as {kind: loss, from: old, estimator: absolute}.");
    }
    boolean byToken = config.objective().ratioLevel() instanceof RatioLevel.TokenRatio;
    if (config.objective().surrogate() instanceof DppoSurrogate && !byToken) {
      refuse(
          "objective.ratio_level",
          "must be token with surrogate dppo, which takes the old probability of a token from its"
              + " ratio",
          "");
    }
    attempt("objective", () -> config.objective().lossTokens());
    attempt("objective", () -> config.objective().controllers());
  }

  private void checkTeachers() {
    if (!config.teachers().isEmpty() && !config.objective().kl().usesReference()) {
      refuse(
          "teachers",
          "have no effect without a KL divergence",
          "Set objective.kl: {kind: exact}, or {kind: reward, coefficient: 1} with advantage:"
              + " token-return.");
    }
    if (config.objective().kl().exact().isPresent() && config.critic().isPresent()) {
      refuse("objective.kl", "must not be exact with a critic", "Choose kind: loss.");
    }
    if (config.subnetwork().source().isPresent() && config.train().updates() == 0) {
      refuse("subnetwork", "has no effect without updates", "Set train.updates, or leave it out.");
    }
    if (!config.teachers().isEmpty() && config.train().referenceRefreshEvery() > 0) {
      refuse(
          "train.reference_refresh_every",
          "has no effect with teachers, which never change",
          "Leave it out.");
    }
  }

  /** Settings with which nothing can be learnt, or that change nothing. */
  private void checkLearning() {
    boolean groupsOfOne = config.train().groupSize() == 1;
    attempt(
        "advantage",
        () -> {
          AdvantageEstimator estimator = config.advantage().weighted(config.reward().weights());
          int prompts = config.train().promptsPerUpdate();
          int parts = config.reward().weights().size();
          if (groupsOfOne && !LearningProbe.learnsFromGroupsOfOne(estimator, prompts, parts)) {
            refuse(
                "train.group_size",
                "must be at least 2 with this advantage, which compares the completions of a prompt"
                    + " with each other: in a group of one it is 0, and nothing is learnt",
                "Raise it, or choose an advantage that needs no group, such as batch-mean,"
                    + " greedy-baseline or {kind: group-relative, singleton: raw-reward}.");
          }
        });
    if (groupsOfOne && config.dynamicSampling().orElse(null) instanceof GroupFilter.RewardsDiffer) {
      refuse(
          "dynamic_sampling",
          "must be none or mean-in-range with train.group_size 1: the rewards of a group of one"
              + " never differ, so every group would be dropped",
          "");
    }
    DoubleVector weights = config.reward().weights();
    if (weights.equals(DoubleVector.constant(weights.size(), 0)) && config.teachers().isEmpty()) {
      refuse(
          "reward.parts",
          "must have a weight that is not 0: otherwise every reward is 0, and nothing is learnt",
          "");
    }
    if (config.objective().surrogate() instanceof CispoSurrogate cispo && cispo.maxRatio() < 1) {
      refuse(
          "objective.surrogate.max_ratio",
          "must be at least 1, the ratio of a token that nothing has moved yet, got "
              + Numbers.brief(cispo.maxRatio()),
          "It is the bound of the ratio itself: 1.2, not 0.2.");
    }
    if (config.train().referenceRefreshEvery() == 0
        && config.train().referenceRefreshShare() != 1) {
      refuse(
          "train.reference_refresh_share",
          "has no effect without train.reference_refresh_every, which is 0: never",
          "Set it, or leave the share out.");
    }
    if (config.train().referenceRefreshEvery() > 0 && !config.objective().kl().usesReference()) {
      refuse(
          "train.reference_refresh_every",
          "has no effect without a KL penalty: no reference policy is kept",
          "Set objective.kl, or leave it out.");
    }
  }

  /** The refusal of {@code making}, if any, becomes a problem of {@code section}. */
  private void attempt(String section, Runnable making) {
    try {
      making.run();
    } catch (IllegalArgumentException e) {
      refusals.add(Refusal.of(section, e));
    }
  }

  private void refuse(String key, String rule, String remedy) {
    refusals.add(new Refusal(key, rule, remedy));
  }
}
