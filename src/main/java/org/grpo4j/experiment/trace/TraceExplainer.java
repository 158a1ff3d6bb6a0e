package org.grpo4j.experiment.trace;

import java.util.TreeMap;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.Explanation;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveResult;

/**
 * Explains the numbers of a traced update: they are computed again from the trace, by the same
 * classes, and every explanation has the traced value to the last bit.
 */
public final class TraceExplainer {

  /** What surrogates call their advantage. */
  private static final String ADVANTAGE = "advantage A";

  private final TracedUpdate update;
  private final TraceInputs inputs;
  private final GrpoObjective objective;
  private final Advantages advantages;
  private final TreeMap<Integer, ObjectiveResult> results = new TreeMap<>();

  /**
   * @param estimator the run's advantage estimator
   * @param configured the run's objective; coefficients that controllers move come from the trace
   */
  public TraceExplainer(
      TracedUpdate update, AdvantageEstimator estimator, GrpoObjective configured) {
    this.update = update;
    this.inputs = new TraceInputs(update);
    this.objective = inputs.objective(configured);
    this.advantages = estimator.estimate(inputs.advantage());
  }

  /** How the advantage of a token of any row comes about, down to the rewards. */
  public Explanation advantage(int row, int token) {
    return advantages.explain(row, token);
  }

  /**
   * How the coefficient {@code dL/dlog pi} of a token comes about, down to log-probabilities and
   * rewards. The advantage is explained where it occurs first.
   *
   * @param row of a traced group
   * @param step the optimiser step, from 0
   * @throws IllegalArgumentException if the row was not in the step's mini-batch
   */
  public Explanation coefficient(int row, int token, int step) {
    Explanation tree = result(step).explain(index(row, step), token);
    return withAdvantage(tree, row, token);
  }

  /** How the loss of a token comes about, before the aggregation weight. */
  public Explanation loss(int row, int token, int step) {
    Explanation tree = result(step).explainLoss(index(row, step), token);
    return withAdvantage(tree, row, token);
  }

  private ObjectiveResult result(int step) {
    if (step < 0 || step >= update.steps().size()) {
      throw new IllegalArgumentException(
          "step: must be 0 to " + (update.steps().size() - 1) + ", got " + step);
    }
    return results.computeIfAbsent(step, s -> objective.evaluate(inputs.objective(s)));
  }

  /** Place of {@code row} in the mini-batch of {@code step}. */
  private int index(int row, int step) {
    int index = update.steps().get(step).rowsOf(update.batch().rows()).indexOf(row);
    if (index < 0) {
      throw new IllegalArgumentException(
          "step: row " + row + " was not in the mini-batch of step " + step);
    }
    if (inputs.completion(row).isEmpty()) {
      throw new IllegalArgumentException("row: " + row + " was not traced with its tokens");
    }
    return index;
  }

  private Explanation withAdvantage(Explanation tree, int row, int token) {
    return tree.withDetail(ADVANTAGE, advantages.explain(row, token));
  }
}
