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
        double value = term.isFor(problem) ? part.value() : 0;
        double weight = term.weight() * part.weight();
        parts.add(new Reward.Part(part.name() + term.suffix(), value, weight));
      }
    }
    return Reward.ofParts(parts);
  }

  /**
   * One reward function and its weight.
   *
   * @param function the function
   * @param weight any finite number; a negative one makes a penalty
   * @param label whose problems it is for, {@value #ALL} for every problem's; of other problems the
   *     value is 0. The parts are named with it: {@code correct/sums}
   */
  public record Term(RewardFunction function, double weight, String label) {

    /** Every problem, whatever its labels. */
    public static final String ALL = "all";

    public Term {
      Require.that(Double.isFinite(weight), "weight", "finite", weight);
    }

    /** A term for every problem. */
    public Term(RewardFunction function, double weight) {
      this(function, weight, ALL);
    }

    private boolean isFor(Problem problem) {
      return label.equals(ALL) || problem.labels().contains(label);
    }

    private String suffix() {
      return label.equals(ALL) ? "" : "/" + label;
    }
  }
}
