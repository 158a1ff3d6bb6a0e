package org.grpo4j.train;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;
import org.grpo4j.policy.WeightFormat;

/** The policy {@code q} that completions are drawn from. */
@Kinds({Sampler.Learner.class, Sampler.Other.class})
public sealed interface Sampler {

  /** The usual one. */
  Sampler LEARNER = new Learner();

  /** The other policy, if it is another than the one that learns. */
  default Optional<Other> other() {
    return Optional.empty();
  }

  /** The policy that learns. */
  @Kind(value = "learner", description = "The policy that learns samples itself.")
  record Learner() implements Sampler {}

  /**
   * A copy of the policy that learns with older or rounded weights: what becomes of it where a
   * system samples with an engine of its own (arXiv 2510.18855, 2510.11370), made on purpose.
   *
   * @param updatesBehind how old its weights are; in the first updates, those of the beginning
   * @param weights how they are rounded
   * @param old whose log-probabilities the ratio is taken against
   * @param routing which experts the learner's passes go through
   */
  @Kind(
      value = "other",
      description =
          "A copy of the policy with older or rounded weights samples, as where training and"
              + " sampling have engines of their own.")
  record Other(
      @Setting(
              value =
                  "How many updates its weights are old (staleness); the first updates sample with"
                      + " those of the beginning.",
              byDefault = "0",
              range = "[0, 1000]",
              unit = "updates")
          int updatesBehind,
      @Setting(
              value = "What its weights are rounded to; it computes as the policy does.",
              byDefault = "float32")
          WeightFormat weights,
      @Setting(
              value =
                  "Whose log-probabilities are the old ones that ratio, gates and row mask compare"
                      + " with: learner, computed anew before the first step, so that only the"
                      + " sampler correction sees the sampler (three policies, decoupled PPO; TRL,"
                      + " verl); sampler, those of the draws (two policies, verl's bypass,"
                      + " DeepSeek-V3.2, prime-rl).",
              byDefault = "learner")
          Old old,
      @Setting(
              value =
                  "Experts that the learner's passes of an update go through: own; old, those of the"
                      + " weights that sampled, not rounded (routing replay of arXiv 2507.18071,"
                      + " R2); sampler, those of the sampler (arXiv 2510.11370, R3).",
              byDefault = "own")
          Experts routing)
      implements Sampler {

    /** The owner of the old log-probabilities. */
    public enum Old {
      /** The learner, before its first step. */
      LEARNER,
      /** The policy that sampled. */
      SAMPLER
    }

    /** The policy whose router chooses the experts. */
    public enum Experts {
      /** Each pass has those that its own router chooses. */
      OWN,
      /** The policy as it was when the sampler's weights were taken: R2. */
      OLD,
      /** The sampler: R3. */
      SAMPLER
    }

    public Other {
      Require.atLeast(0, "updatesBehind", updatesBehind);
    }

    @Override
    public Optional<Other> other() {
      return Optional.of(this);
    }
  }
}
