package org.grpo4j.experiment.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.FinishReason;

/**
 * One completion with every number. Vectors have one entry for each token, the end token included.
 *
 * @param row its number in the update, from 0
 * @param text what was written, without the end token
 * @param tokens ids of the tokens
 * @param finish why it ended
 * @param reward the score and its parts
 * @param advantage of the first token; of all of them unless {@code advantages} says otherwise
 * @param samplerLogProbs {@code log q}: with what probability the sampler drew each token
 * @param oldLogProbs {@code log pi_old}
 * @param referenceLogProbs {@code log pi_ref}, if the loss has a reference policy
 * @param entropies of the distribution each token was drawn from, at the first step, in nats
 * @param mask 1 for tokens that take part in the loss
 * @param advantages of each token
 * @param importanceWeights factors of the policy term, if any
 * @param steps what each optimiser step saw; empty where the row was not in the mini-batch
 * @param afterLogProbs {@code log pi} of the same tokens after the update
 * @param logitGradientNorms norm of {@code dL/dz} of each token's logits at the first step
 * @param gradient its share in the parameter gradient of the first step, if it was computed
 * @param routing of a policy with experts, by block: the way of each token through them, in the
 *     forward pass of the first step. Not in the file without experts.
 */
public record TracedCompletion(
    int row,
    String text,
    List<Integer> tokens,
    FinishReason finish,
    Reward reward,
    double advantage,
    @JsonProperty("sampler_logp") DoubleVector samplerLogProbs,
    @JsonProperty("old_logp") DoubleVector oldLogProbs,
    @JsonProperty("reference_logp") Optional<DoubleVector> referenceLogProbs,
    @JsonProperty("entropy") DoubleVector entropies,
    DoubleVector mask,
    DoubleVector advantages,
    Optional<DoubleVector> importanceWeights,
    List<Optional<TracedTokens>> steps,
    @JsonProperty("after_logp") DoubleVector afterLogProbs,
    @JsonProperty("logit_gradient_norm") DoubleVector logitGradientNorms,
    Optional<Gradient> gradient,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<TracedRouting>> routing) {

  public TracedCompletion {
    tokens = List.copyOf(tokens);
    steps = List.copyOf(steps);
    routing = routing.map(List::copyOf);
  }

  /**
   * The share in the parameter gradient; see {@link
   * org.grpo4j.train.inspection.Inspection.GradientShares}.
   *
   * @param norm of the completion's gradient
   * @param share of the completion
   * @param tokenNorms of each token's gradient
   * @param tokenShares of each token
   */
  public record Gradient(
      double norm,
      double share,
      @JsonProperty("token_norm") DoubleVector tokenNorms,
      @JsonProperty("token_share") DoubleVector tokenShares) {}
}
