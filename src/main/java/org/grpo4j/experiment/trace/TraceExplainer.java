package org.grpo4j.experiment.trace;

import java.util.TreeMap;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Require;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.whatif.Quantity;
import org.grpo4j.whatif.WhatIf;
import org.grpo4j.whatif.WhatIfResult;

/**
 * The explainer of the numbers of a traced update: they are computed again from the trace, by the
 * same classes, and every explanation has the traced value to the last bit.
 */
public final class TraceExplainer {

  private final TracedUpdate update;
  private final TraceInputs inputs;
  private final AdvantageEstimator estimator;
  private final GrpoObjective configured;
  private final Advantages advantages;
  private final TreeMap<Integer, WhatIfResult> results = new TreeMap<>();

  /**
   * @param estimator the run's advantage estimator
   * @param configured the run's objective; coefficients that controllers move come from the trace
   */
  public TraceExplainer(
      TracedUpdate update, AdvantageEstimator estimator, GrpoObjective configured) {
    this.update = update;
    this.inputs = new TraceInputs(update);
    this.estimator = estimator;
    this.configured = configured;
    this.advantages = estimator.estimate(inputs.advantage());
  }

  /** The explanation of the advantage of a token of any row, down to the rewards. */
  public Explanation advantage(int row, int token) {
    return advantages.explain(row, token);
  }

  /**
   * The explanation of the coefficient {@code dL/dlog pi} of a token, down to log-probabilities and
   * rewards. The advantage is explained where it occurs first.
   *
   * @param row of a traced group
   * @param step the optimiser step, from 0
   * @throws IllegalArgumentException if the row was not in the step's mini-batch
   */
  public Explanation coefficient(int row, int token, int step) {
    return withAdvantage(Quantity.COEFFICIENT, row, token, step);
  }

  /** The explanation of the loss of a token, before the aggregation weight. */
  public Explanation loss(int row, int token, int step) {
    return withAdvantage(Quantity.LOSS, row, token, step);
  }

  private Explanation withAdvantage(Quantity quantity, int row, int token, int step) {
    Require.that(
        step >= 0 && step < update.steps().size(),
        "step",
        "0 to " + (update.steps().size() - 1),
        step);
    WhatIfResult result =
        results.computeIfAbsent(
            step, s -> WhatIf.evaluate(inputs.request(s, estimator, configured)));
    Require.that(
        result.evaluates(row), "step: row " + row + " was not in the mini-batch of step " + step);
    Require.that(
        inputs.completion(row).isPresent(), "row: " + row + " was not traced with its tokens");
    return result
        .explain(quantity, row, token)
        .withDetail(result.explain(Quantity.ADVANTAGE, row, token));
  }
}
