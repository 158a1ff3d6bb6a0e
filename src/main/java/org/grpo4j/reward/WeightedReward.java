package org.grpo4j.reward;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.Require;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * Several rewards added up: {@code total = sum of weight * value} over all parts.
 *
 * @param terms what is added, in order; at least one
 */
public record WeightedReward(List<Term> terms) implements RewardFunction {

  public WeightedReward {
    terms = List.copyOf(terms);
    Require.that(!terms.isEmpty(), "terms: must be at least 1, got 0");
  }

  /** The parts of all terms in order, each with the term's weight times its own. */
  @Override
  public Reward score(Problem problem, Completion completion) {
    List<Reward.Part> parts = new ArrayList<>();
    for (Term term : terms) {
      for (Reward.Part part : term.function().score(problem, completion).parts()) {
        parts.add(new Reward.Part(part.name(), part.value(), term.weight() * part.weight()));
      }
    }
    return Reward.ofParts(parts);
  }

  /**
   * One reward function and its weight.
   *
   * @param function the function
   * @param weight any finite number; a negative one makes a penalty
   */
  public record Term(RewardFunction function, double weight) {

    public Term {
      Require.that(Double.isFinite(weight), "weight", "finite", weight);
    }
  }
}
