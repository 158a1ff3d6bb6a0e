package org.grpo4j.playground.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.grpo4j.experiment.trace.TraceDigest;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedBatch;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedStep;
import org.grpo4j.experiment.trace.TracedTokens;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.reward.Reward;
import org.jspecify.annotations.Nullable;

/**
 * Records of a trace as trees of maps, lists, texts and numbers, in which a line of the trace is
 * written: what the library for JSON does by reflection, where there is none. A test holds that
 * both write the same. Vectors stay what they are; whoever writes the tree knows them.
 */
public final class TraceTree {

  private final Map<String, @Nullable Object> entries = new LinkedHashMap<>();

  private TraceTree() {}

  /** The line of an update. */
  public static Map<String, @Nullable Object> of(TracedUpdate update) {
    return new TraceTree()
        .put("update", update.update())
        .put(
            "versions",
            new TraceTree()
                .put("old", update.versions().old())
                .put("current", update.versions().current())
                .put("after", update.versions().after())
                .put("reference", update.versions().reference())
                .entries)
        .put(
            "coefficients",
            new TraceTree()
                .put("kl", optional(update.coefficients().kl()))
                .put("entropy", optional(update.coefficients().entropy()))
                .entries)
        .put("batch", batch(update.batch()))
        .put(
            "loss",
            new TraceTree()
                .put("total", update.loss().total())
                .put("policy", update.loss().policy())
                .put("kl", update.loss().kl())
                .put("entropy", update.loss().entropy())
                .entries)
        .put("metrics", update.metrics())
        .put("steps", list(update.steps(), TraceTree::step))
        .put("groups", list(update.groups(), TraceTree::group))
        .put("digest", digest(update.digest()))
        .entries;
  }

  /** The header. */
  public static Map<String, @Nullable Object> of(TraceHeader header) {
    return new TraceTree()
        .put("schema", header.schema())
        .put("experiment", header.experiment())
        .put("seed", header.seed())
        .put("task", header.task())
        .put("vocabulary", header.vocabulary())
        .put("temperature", header.temperature())
        .put("group_size", header.groupSize())
        .put("groups_per_update", header.groupsPerUpdate())
        .put("updates", header.updates())
        .put("parameters", header.parameters())
        .put("blocks", list(header.blocks(), TraceTree::block))
        .put("traced_groups", header.tracedGroups())
        .put("gradients_every", header.gradientsEvery())
        .entries;
  }

  private static Map<String, @Nullable Object> block(ParameterBlock block) {
    return new TraceTree()
        .put("name", block.name())
        .put("offset", block.offset())
        .put("size", block.size())
        .entries;
  }

  private static Map<String, @Nullable Object> batch(TracedBatch batch) {
    return new TraceTree()
        .put("group_of_row", batch.groupOfRow())
        .put("prompts", batch.prompts())
        .put("texts", batch.texts())
        .put("lengths", batch.lengths())
        .put("loss_tokens", batch.lossTokens())
        .put("rewards", batch.rewards())
        .put("advantages", batch.advantages())
        .put("advantage_rewards", batch.advantageRewards())
        .put("dead_groups", batch.deadGroups().map(TraceTree::dead))
        .put("reward_parts", batch.rewardParts())
        .put("greedy_rewards", batch.greedyRewards())
        .put("step_rewards", Optional.empty()) // no task of the playground rewards steps
        .put("token_rewards", batch.tokenRewards())
        .put("values", batch.values())
        .put("score_norms", batch.scoreNorms())
        .entries;
  }

  private static Map<String, @Nullable Object> dead(DeadGroups dead) {
    return new TraceTree()
        .put("compared", dead.compared())
        .put("groups", dead.groups())
        .put("all_right", dead.allRight())
        .put("all_wrong", dead.allWrong())
        .entries;
  }

  private static Map<String, @Nullable Object> step(TracedStep step) {
    return new TraceTree()
        .put("inner_epoch", step.innerEpoch())
        .put("rows", step.rows())
        .put("learning_rate", step.learningRate())
        .put("loss", step.loss())
        .put("gradient_norm", step.gradientNorm())
        .put("clip_factor", step.clipFactor())
        .put("blocks", list(step.blocks(), TraceTree::blockStep))
        .entries;
  }

  private static Map<String, @Nullable Object> blockStep(TracedStep.Block block) {
    return new TraceTree()
        .put("name", block.name())
        .put("gradient_norm", block.gradientNorm())
        .put("change_norm", block.changeNorm())
        .put("parameter_norm", block.parameterNorm())
        .entries;
  }

  private static Map<String, @Nullable Object> group(TracedGroup group) {
    return new TraceTree()
        .put("group", group.group())
        .put("prompt", group.prompt())
        .put("answer", group.answer())
        .put("score_mean", group.scoreMean())
        .put("reward_mean", group.rewardMean())
        .put("reward_sample_deviation", group.rewardSampleDeviation())
        .put("dead", group.dead())
        .put("greedy_before", group.greedyBefore())
        .put("greedy_after", group.greedyAfter())
        .put("completions", list(group.completions(), TraceTree::completion))
        .entries;
  }

  private static Map<String, @Nullable Object> completion(TracedCompletion completion) {
    return new TraceTree()
        .put("row", completion.row())
        .put("text", completion.text())
        .put("tokens", completion.tokens())
        .put("finish", completion.finish().name())
        .put("reward", reward(completion.reward()))
        .put("advantage", completion.advantage())
        .put("sampler_logp", completion.samplerLogProbs())
        .put("old_logp", completion.oldLogProbs())
        .put("reference_logp", completion.referenceLogProbs())
        .put("entropy", completion.entropies())
        .put("mask", completion.mask())
        .put("advantages", completion.advantages())
        .put("importance_weights", completion.importanceWeights())
        .put("steps", list(completion.steps(), step -> step.map(TraceTree::tokens).orElse(null)))
        .put("after_logp", completion.afterLogProbs())
        .put("logit_gradient_norm", completion.logitGradientNorms())
        .put("gradient", completion.gradient().map(TraceTree::gradient))
        .entries;
  }

  private static Map<String, @Nullable Object> reward(Reward reward) {
    return new TraceTree()
        .put("total", reward.total())
        .put(
            "parts",
            list(
                reward.parts(),
                part ->
                    new TraceTree()
                        .put("name", part.name())
                        .put("value", part.value())
                        .put("weight", part.weight())
                        .entries))
        .entries;
  }

  private static Map<String, @Nullable Object> gradient(TracedCompletion.Gradient gradient) {
    return new TraceTree()
        .put("norm", gradient.norm())
        .put("share", gradient.share())
        .put("token_norm", gradient.tokenNorms())
        .put("token_share", gradient.tokenShares())
        .entries;
  }

  private static Map<String, @Nullable Object> tokens(TracedTokens tokens) {
    return new TraceTree()
        .put("current_logp", tokens.currentLogProbs())
        .put("ratio", tokens.ratios())
        .put("branch", list(tokens.branches(), Enum::name))
        .put("kl", tokens.kl())
        .put("weight", tokens.weights())
        .put("loss", tokens.losses())
        .put("coefficient", tokens.coefficients())
        .put("token_weights", tokens.tokenWeights())
        .put("kl_weights", tokens.klWeights())
        .entries;
  }

  private static Map<String, @Nullable Object> digest(TraceDigest digest) {
    return new TraceTree()
        .put("rollout", digest.rollout())
        .put("rewards", digest.rewards())
        .put("advantages", digest.advantages())
        .put("steps", digest.steps())
        .put("parameters", digest.parameters())
        .entries;
  }

  private TraceTree put(String name, Object value) {
    entries.put(name, value instanceof Optional<?> optional ? optional.orElse(null) : value);
    return this;
  }

  private static Optional<Double> optional(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static <T> List<@Nullable Object> list(
      List<T> items, Function<? super T, ? extends @Nullable Object> tree) {
    List<@Nullable Object> list = new ArrayList<>(items.size());
    items.forEach(item -> list.add(tree.apply(item)));
    return list;
  }
}
