package org.grpo4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TokenLogProbs;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * The gradient that a policy accumulates from an objective's two tables, against differences of the
 * loss by the policy's parameters.
 *
 * @param policy whose parameters are moved
 * @param rows what it scores: two groups of two
 * @param gradient from the objective under test
 * @param moved the objective whose loss is evaluated at moved parameters
 * @param constants what does not move with the parameters
 */
record GradientCheck(
    Policy policy,
    List<Sequence> rows,
    DoubleVector gradient,
    GrpoObjective moved,
    ObjectiveInputs constants) {

  private static final double TEMPERATURE = 0.7;
  private static final double STEP = 1e-5;

  private static final List<TokenSequence> COMPLETIONS =
      List.of(
          TokenSequence.of(2, 3, 1),
          TokenSequence.of(1),
          TokenSequence.of(3, 2, 2),
          TokenSequence.of(3, 1));

  /** Two completions of each of two prompts. */
  static List<Sequence> rows(List<TokenSequence> prompts) {
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < COMPLETIONS.size(); i++) {
      rows.add(new Sequence(prompts.get(i / 2), COMPLETIONS.get(i)));
    }
    return rows;
  }

  /** An objective whose loss is differentiated as it is. */
  static GradientCheck of(Policy policy, List<Sequence> rows, GrpoObjective objective) {
    ObjectiveInputs constants = constants(policy.logProbs(rows, TEMPERATURE));
    DoubleVector gradient = gradient(policy, rows, objective, constants);
    return new GradientCheck(policy, rows, gradient, objective, constants);
  }

  /**
   * An objective whose surrogate is {@code -w A log pi} with a weight {@code w} that counts as
   * constant. Its gradient is that of REINFORCE with the advantage {@code w A}, which is a loss
   * that can be differentiated as it is.
   */
  static GradientCheck ofStopGradient(Policy policy, List<Sequence> rows, GrpoObjective objective) {
    ObjectiveInputs constants = constants(policy.logProbs(rows, TEMPERATURE));
    ObjectiveResult result = objective.evaluate(constants);
    double[][] weighted = constants.advantages().toArrays();
    for (int i = 0; i < weighted.length; i++) {
      for (int t = 0; t < weighted[i].length; t++) {
        double ratio = result.token(i, t).ratio();
        weighted[i][t] *= objective.surrogate().stopWeight(ratio, weighted[i][t]);
      }
    }
    GrpoObjective reinforce =
        GrpoObjective.of(new ReinforceSurrogate(), objective.ratioLevel(), objective.aggregation())
            .withKl(objective.klPenalty())
            .withEntropyBonus(objective.entropyBonus());
    ObjectiveInputs withWeights =
        ObjectiveInputs.of(
                constants.logProbs(),
                constants.oldLogProbs(),
                TokenTable.of(weighted),
                constants.mask(),
                constants.groups())
            .withReference(constants.referenceLogProbs().orElseThrow());
    DoubleVector gradient = gradient(policy, rows, objective, constants);
    return new GradientCheck(policy, rows, gradient, reinforce, withWeights);
  }

  private static DoubleVector gradient(
      Policy policy, List<Sequence> rows, GrpoObjective objective, ObjectiveInputs constants) {
    double[] before = policy.gradient().toArray();
    try (ForwardPass forward = policy.forward(rows, TEMPERATURE)) {
      ObjectiveResult result = evaluate(objective, constants, forward.logProbs());
      forward.backward(result.lossByLogProb(), result.lossByEntropy());
    }
    return DoubleVector.of(Vectors.minus(policy.gradient().toArray(), before));
  }

  /** Each of these parameters; at least one of them has to matter. */
  void check(List<Integer> parameters) {
    DoubleVector original = policy.parameters();
    double largest = 0;
    for (int k : parameters) {
      double slope = (loss(original, k, STEP) - loss(original, k, -STEP)) / (2 * STEP);
      assertEquals(
          slope, gradient.get(k), 1e-8 * Math.max(1, Math.abs(slope)), moved + ", parameter " + k);
      largest = Math.max(largest, Math.abs(slope));
    }
    policy.setParameters(original);
    assertTrue(largest > 1e-4, "a gradient of zeros proves nothing: " + largest);
  }

  /** All parameters. */
  void checkAll() {
    List<Integer> parameters = new ArrayList<>();
    for (int k = 0; k < policy.parameterCount(); k++) {
      parameters.add(k);
    }
    check(parameters);
  }

  private double loss(DoubleVector original, int parameter, double by) {
    double[] values = original.toArray();
    values[parameter] += by;
    policy.setParameters(DoubleVector.of(values));
    return evaluate(moved, constants, policy.logProbs(rows, TEMPERATURE)).loss();
  }

  private static ObjectiveResult evaluate(
      GrpoObjective objective, ObjectiveInputs constants, TokenLogProbs scores) {
    return objective.evaluate(
        constants.withLogProbs(scores.table()).withEntropies(scores.entropies()));
  }

  /** Old policy, reference and advantages near the scores, so that some tokens are clipped. */
  private static ObjectiveInputs constants(TokenLogProbs scores) {
    SplittableRandom random = new SplittableRandom(4);
    TokenTable logProbs = scores.table();
    TokenTable advantages = near(TokenTable.constant(logProbs.lengths(), 0), 1.5, random);
    TokenTable mask = TokenTable.constant(logProbs.lengths(), 1);
    return ObjectiveInputs.of(
            logProbs, near(logProbs, 0.5, random), advantages, mask, RowGroups.of(0, 0, 1, 1))
        .withReference(near(logProbs, 0.8, random))
        .withEntropies(scores.entropies());
  }

  private static TokenTable near(TokenTable table, double spread, SplittableRandom random) {
    double[][] moved = table.toArrays();
    for (double[] row : moved) {
      for (int t = 0; t < row.length; t++) {
        row[t] += random.nextDouble(-spread, spread);
      }
    }
    return TokenTable.of(moved);
  }
}
