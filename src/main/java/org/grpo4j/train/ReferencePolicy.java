package org.grpo4j.train;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
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

  /** The reference policy's distribution at every token, if there is one. */
  Optional<TokenDistributions> distributions(RolloutBatch rollout, double temperature) {
    return teaching.teachers().isEmpty()
        ? frozen.map(reference -> reference.distributions(rollout.sequences(), temperature))
        : Optional.of(teaching.distributions(rollout, temperature));
  }

  /** {@code log pi_ref} of every token. */
  UpdateTrace.Reference logProbs(TokenDistributions distributions) {
    long version =
        frozen.map(PolicySnapshot::version).orElseGet(() -> teaching.teachers().get(0).version());
    return new UpdateTrace.Reference(version, distributions.logProbs().table());
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
