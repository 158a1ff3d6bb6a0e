package org.grpo4j.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.math.DoubleVector;

/**
 * Everything a trainer carries from one update to the next beside policy and critic, which hold
 * their optimisers themselves. Random numbers are drawn by key and need no state, so policy, critic
 * and this, with the settings, decide all updates to come to the last bit.
 *
 * @param reference the reference policy; empty if there is none yet
 * @param recent the policy before the latest updates, oldest first, if the next ones sample with
 *     older weights
 * @param klWeight the weight of the KL penalty in the next update, if a controller moves it
 * @param entropyWeight the weight of the entropy bonus in the next update if it acts, if a
 *     controller moves it
 * @param entropy the mean entropy of the last update in nats per token, which decides whether the
 *     bonus acts; only with a controller, and empty before the first update
 */
public record TrainerState(
    Optional<Reference> reference,
    List<Reference> recent,
    OptionalDouble klWeight,
    OptionalDouble entropyWeight,
    OptionalDouble entropy) {

  /** Of a trainer that keeps no reference policy and moves no weight. */
  public static final TrainerState EMPTY =
      new TrainerState(
          Optional.empty(),
          List.of(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  public TrainerState {
    recent = List.copyOf(recent);
  }

  /**
   * The reference policy, or the policy as it was.
   *
   * @param version of the policy it was last taken from
   * @param parameters the flat parameter vector
   */
  public record Reference(long version, DoubleVector parameters) {}
}
