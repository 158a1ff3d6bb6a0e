package org.grpo4j.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Routing;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;

/**
 * The policy that samples, and what follows where it is not the one that learns ({@link
 * Sampler.Other}): the weights of the last updates are kept, the old log-probabilities are the
 * learner's or the sampler's, and the learner may have to go through given experts.
 */
final class SamplingPolicy {

  private final Policy policy;
  private final Optional<Sampler.Other> other;
  private final LossTokens lossTokens;

  /** The learner's weights before the latest updates, oldest first, as many as are needed again. */
  private final Deque<TrainerState.Reference> recent = new ArrayDeque<>();

  private LanguageModel sampler;
  private Optional<LanguageModel> router = Optional.empty();
  private Optional<Routing> given = Optional.empty();
  private Optional<SamplerDrift> drift = Optional.empty();

  SamplingPolicy(LearningSetup setup) {
    this.policy = setup.policy();
    this.other = setup.sampler().other();
    this.lossTokens = setup.lossTokens();
    this.sampler = policy;
  }

  /**
   * To be called before every update: decides which weights sample.
   *
   * @return the version of the old policy
   */
  long refresh() {
    if (other.isPresent()) {
      Sampler.Other one = other.get();
      recent.addLast(new TrainerState.Reference(policy.version(), policy.parameters()));
      TrainerState.Reference taken = recent.getFirst();
      if (recent.size() > one.updatesBehind()) {
        recent.removeFirst();
      }
      sampler = policy.snapshot(one.weights().round(taken.parameters()), taken.version());
      router =
          switch (one.routing()) {
            case OWN -> Optional.empty();
            case OLD -> Optional.of(policy.snapshot(taken.parameters(), taken.version()));
            case SAMPLER -> Optional.of(sampler);
          };
      return one.old() == Sampler.Other.Old.SAMPLER ? taken.version() : policy.version();
    }
    return policy.version();
  }

  /** The policy to draw completions of this update from. */
  LanguageModel policy() {
    return sampler;
  }

  /**
   * {@code log pi_old} where another policy has sampled; also measures how far that one and the
   * learner are apart. To be called before the first step.
   */
  Optional<TokenTable> oldLogProbs(RolloutBatch rollout, double temperature) {
    if (other.isEmpty()) {
      return Optional.empty();
    }
    List<Sequence> rows = rollout.sequences();
    given = router.flatMap(model -> model.routing(rows));
    TokenTable drawn = LearningBatch.samplerLogProbs(rollout);
    try (ForwardPass learner = forward(rows, given, temperature)) {
      TokenTable own = learner.logProbs().table();
      boolean replays = other.get().routing() == Sampler.Other.Experts.SAMPLER;
      Optional<Routing> ofSampler = replays ? given : sampler.routing(rows);
      drift =
          Optional.of(
              SamplerDrift.of(
                  own,
                  drawn,
                  lossTokens.mask(rollout),
                  learner.routing(),
                  ofSampler,
                  lossTokens.samplerCorrection()));
      return Optional.of(other.get().old() == Sampler.Other.Old.SAMPLER ? drawn : own);
    }
  }

  /** The policy's forward pass, through the experts that are given in this update. */
  ForwardPass forward(List<Sequence> sequences, List<Integer> rows, double temperature) {
    return forward(sequences, given.map(all -> all.select(rows)), temperature);
  }

  private ForwardPass forward(
      List<Sequence> sequences, Optional<Routing> through, double temperature) {
    return through.isPresent()
        ? policy.forward(sequences, temperature, through.get())
        : policy.forward(sequences, temperature);
  }

  /** The distance of sampler and learner in this update; empty if they are one. */
  Optional<SamplerDrift> drift() {
    return drift;
  }

  /** The part of {@link TrainerState}. */
  List<TrainerState.Reference> state() {
    return List.copyOf(recent);
  }

  /** Continues from {@code state}; of more weights than are needed, with the newest. */
  void restore(List<TrainerState.Reference> state) {
    int needed = other.map(Sampler.Other::updatesBehind).orElse(0);
    recent.addAll(state.subList(Math.max(0, state.size() - needed), state.size()));
  }
}
