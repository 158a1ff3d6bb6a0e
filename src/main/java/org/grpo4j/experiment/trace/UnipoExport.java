package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;

/**
 * A trace in the log format of UNIPO (github.com/poloclub/unipo, {@code
 * docs/canonical_schema.json}), a viewer of policy-optimisation runs. One entry is one optimiser
 * step; of its prompts the traced groups are given. Numbers that are not finite are left out or
 * null.
 *
 * <p>UNIPO shows objectives, to be maximised: they are our losses with the sign turned. {@code
 * policy_objective} is that of the whole loss of the step, KL included. Metrics that the trace has
 * once for an update are repeated at each of its steps.
 */
public record UnipoExport(TraceReader reader) {

  /** Our metric for each of theirs. */
  private static final Map<String, String> METRICS =
      Map.ofEntries(
          Map.entry("reward", Metric.REWARD.key()),
          Map.entry("reward_std", Metric.REWARD_STD.key()),
          Map.entry("policy_loss", Metric.POLICY_LOSS.key()),
          Map.entry("value_loss", Metric.VALUE_LOSS.key()),
          Map.entry("entropy", Metric.ENTROPY.key()),
          Map.entry("kl", Metric.KL.key()),
          Map.entry("clip_fraction", Metric.CLIP_REGION.key()),
          Map.entry("response_length", Metric.MEAN_LENGTH.key()),
          Map.entry("importance_sampling_ratio", Metric.RATIO_MEAN.key()));

  /**
   * The header: what holds for the whole run.
   *
   * @param algorithm UNIPO's name of the algorithm, such as {@code grpo}: it chooses the formulas
   * @param rewardStrategy how completions are rewarded, in words
   * @param hyperparameters any names
   */
  public ObjectNode header(
      String algorithm, String rewardStrategy, Map<String, Object> hyperparameters)
      throws IOException {
    TraceHeader header = reader.header();
    int steps = 0;
    boolean reference = false;
    for (int update : reader.updates()) {
      TracedUpdate traced = reader.update(update);
      steps += traced.steps().size();
      reference |= traced.versions().reference().isPresent();
    }
    String model = "grpo4j " + header.experiment() + ", " + header.parameters() + " parameters";
    ObjectNode node = Json.object();
    node.put("task", header.task());
    node.put("dataset", header.task() + " (generated)");
    node.put("reward_strategy", rewardStrategy);
    node.put("algorithm", algorithm);
    node.put("totalSteps", steps);
    node.put("model_name", model);
    node.put("reference_model_name", reference ? model + ", frozen" : "none");
    ObjectNode values = node.putObject("hparams");
    hyperparameters.forEach((name, value) -> values.putPOJO(name, value));
    return node;
  }

  /**
   * The entries of one update, one for each optimiser step.
   *
   * @param firstStep number of its first step in the run
   */
  public List<ObjectNode> entries(int update, int firstStep) throws IOException {
    TracedUpdate traced = reader.update(update);
    List<ObjectNode> entries = new ArrayList<>();
    for (int s = 0; s < traced.steps().size(); s++) {
      ObjectNode entry = Json.object();
      entry.put("step", firstStep + s);
      entry.put("is_first_step_after_rollout_phase", s == 0);
      putMetrics(entry.putObject("metrics"), traced, traced.steps().get(s));
      ArrayNode prompts = entry.putArray("prompts");
      for (TracedGroup group : traced.groups()) {
        putPrompt(prompts, update, s, group);
      }
      entries.add(entry);
    }
    return entries;
  }

  private static void putMetrics(ObjectNode metrics, TracedUpdate update, TracedStep step) {
    Json.putNumber(metrics, "policy_objective", -step.loss());
    Json.putNumber(metrics, "total_loss", step.loss());
    new TreeMap<>(METRICS)
        .forEach(
            (theirs, ours) ->
                Json.putNumber(metrics, theirs, update.metrics().getOrDefault(ours, Double.NaN)));
    Json.putNumber(metrics, "grad_norm", step.gradientNorm());
    Json.putNumber(metrics, "learning_rate", step.learningRate());
  }

  private void putPrompt(ArrayNode prompts, int update, int step, TracedGroup group) {
    ObjectNode prompt = Json.object();
    prompt.put("prompt", group.prompt());
    ArrayNode responses = prompt.putArray("responses");
    for (int i = 0; i < group.completions().size(); i++) {
      TracedCompletion completion = group.completions().get(i);
      Optional<TracedTokens> seen = completion.steps().get(step);
      if (seen.isPresent()) {
        ObjectNode response = responses.addObject();
        response.put("id", "update" + update + "_group" + group.group() + "_completion" + i);
        response.put("reward", completion.reward().total());
        response.put("advantage", completion.advantage());
        response.put("response_text", completion.text());
        response.put("response_length", completion.tokens().size());
        putTokens(response.putObject("tokens"), completion, seen.get());
      }
    }
    if (!responses.isEmpty()) {
      prompts.add(prompt);
    }
  }

  private void putTokens(ObjectNode tokens, TracedCompletion completion, TracedTokens seen) {
    ArrayNode ids = tokens.putArray("ids");
    ArrayNode strings = tokens.putArray("strings");
    for (int token : completion.tokens()) {
      ids.add(token);
      strings.add(reader.header().vocabulary().get(token));
    }
    put(tokens, "log_probs", seen.currentLogProbs(), 1);
    put(tokens, "old_log_probs", completion.oldLogProbs(), 1);
    completion.referenceLogProbs().ifPresent(given -> put(tokens, "ref_log_probs", given, 1));
    put(tokens, "advantages", completion.advantages(), 1);
    if (completion.referenceLogProbs().isPresent()) {
      put(tokens, "token_kl", seen.kl(), 1);
    }
    double[] rewards = new double[completion.tokens().size()];
    rewards[rewards.length - 1] = completion.reward().total();
    put(tokens, "rewards", DoubleVector.of(rewards), 1);
    put(tokens, "token_objective", seen.losses(), -1);
  }

  private static void put(ObjectNode node, String name, DoubleVector values, int sign) {
    ArrayNode array = node.putArray(name);
    for (int t = 0; t < values.size(); t++) {
      double value = values.get(t) == 0 ? 0 : sign * values.get(t);
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
  }
}
