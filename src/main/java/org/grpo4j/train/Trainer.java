package org.grpo4j.train;

import java.util.Optional;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.NonFinite.Where;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.train.inspection.UpdateInspector;

/**
 * An algorithm that improves a policy, one update at a time. An update is a function of the policy
 * and critic with their optimisers, the {@link TrainerState}, the run's seed and the update's
 * number, and of nothing else.
 */
public interface Trainer {

  /**
   * Samples, scores and learns once.
   *
   * @param update the update's number, from 0; the caller counts
   * @return everything that was computed
   * @throws NonFiniteException if a number is not finite
   */
  default UpdateTrace update(int update) {
    return inspected(update, UpdateInspector.NONE);
  }

  /** {@link #update(int, UpdateInspector)}; whoever throws, the exception names the update. */
  default UpdateTrace inspected(int update, UpdateInspector inspector) {
    Where here = new Where("update", update, Optional.empty());
    return NonFiniteException.during(here, () -> update(update, inspector));
  }

  /**
   * The same, and {@code inspector} looks at what it does to the completions; learning is not
   * touched by that.
   */
  UpdateTrace update(int update, UpdateInspector inspector);

  /**
   * The state that it carries from update to update beside policy and critic. Together with {@code
   * Policy.save} and {@code Critic.save} this is all that a checkpoint needs.
   */
  TrainerState state();

  /** The critic it trains beside the policy, if it does. */
  default Optional<Critic> critic() {
    return Optional.empty();
  }
}
