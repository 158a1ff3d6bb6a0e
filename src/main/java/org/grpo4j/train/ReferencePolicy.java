package org.grpo4j.train;

import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.ExactKl;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.PolicySnapshot;
import org.grpo4j.policy.ReferenceSync;
import org.grpo4j.policy.TokenDistributions;
import org.grpo4j.rollout.RolloutBatch;

/**
 * The reference policy {@code pi_ref}: a frozen copy of the policy that the KL divergence is
 * measured against, replaced every so often. Line 3 of DeepSeekMath's Algorithm 1 replaces it at
 * the start of every outer iteration, R1 every 400 steps; TRL's {@code sync_ref_model} moves it
 * part of the way: {@link ReferenceSync}.
 */
final class ReferencePolicy {

  private final Policy policy;
  private final boolean needed;
  private final int refreshEvery;
  private final ReferenceSync sync;
  private final Teaching teaching;
  private Optional<PolicySnapshot> frozen = Optional.empty();

  /** Those of the update, if the whole of them is needed. */
  private Optional<TokenDistributions> distributions = Optional.empty();

  /**
   * @param setup has the policy, and the teachers that may take this one's place
   * @param needed whether anything is measured against a reference policy; without, none is kept
   */
  ReferencePolicy(LearningSetup setup, boolean needed) {
    this.policy = setup.policy();
    this.teaching = setup.teaching();
    boolean isUsed = needed || teaching.exactKl().isPresent();
    this.needed = isUsed && teaching.teachers().isEmpty();
    this.refreshEvery = setup.settings().referenceRefreshEvery();
    this.sync = setup.settings().referenceSync();
  }

  /** To be called before every update: takes the first copy, and a new one when it is time. */
  void refresh(int update) {
    boolean startsIteration = refreshEvery > 0 && update % refreshEvery == 0;
    boolean replaced = startsIteration && sync.alpha() == 1;
    if (needed && (frozen.isEmpty() || replaced)) {
      frozen = Optional.of(policy.snapshot());
    } else if (needed && startsIteration) {
      DoubleVector mixed = sync.mix(policy.parameters(), frozen.orElseThrow().parameters());
      frozen = Optional.of(policy.snapshot(mixed, policy.version()));
    }
  }

  /** {@code log pi_ref} of every token, if there is a reference policy. */
  Optional<UpdateTrace.Reference> logProbs(RolloutBatch rollout, double temperature) {
    Optional<TokenDistributions> scored =
        teaching.teachers().isEmpty()
            ? frozen.map(reference -> reference.distributions(rollout.sequences(), temperature))
            : Optional.of(teaching.distributions(rollout, temperature));
    distributions = teaching.exactKl().isPresent() ? scored : Optional.empty();
    return scored.map(all -> new UpdateTrace.Reference(version(), all.logProbs().table()));
  }

  private long version() {
    return frozen
        .map(PolicySnapshot::version)
        .orElseGet(() -> teaching.teachers().get(0).version());
  }

  /**
   * Adds the gradient of the divergence of whole distributions (Eq. 65), if that is part of the
   * loss.
   *
   * @param rows the rows of the mini-batch
   * @param result has the weight {@code w_it} of every token
   */
  void backward(List<Integer> rows, ForwardPass forward, ObjectiveResult result) {
    if (distributions.isPresent()) {
      TokenDistributions ours = distributions.get();
      ExactKl kl = teaching.exactKl().orElseThrow();
      forward.backward(
          (row, token, logProbs, into) -> {
            double[] frozenLogProbs = ours.at(rows.get(row), token).logProbabilities();
            double weight = result.token(row, token).weight();
            kl.lossByLogProbs(weight, logProbs, frozenLogProbs, into);
          });
    }
  }

  /** The part of {@link TrainerState}. */
  Optional<TrainerState.Reference> state() {
    return frozen.map(
        reference -> new TrainerState.Reference(reference.version(), reference.parameters()));
  }

  /** Continues from {@code state}. */
  void restore(Optional<TrainerState.Reference> state) {
    if (needed && state.isPresent()) {
      frozen = Optional.of(policy.snapshot(state.get().parameters(), state.get().version()));
    }
  }
}
