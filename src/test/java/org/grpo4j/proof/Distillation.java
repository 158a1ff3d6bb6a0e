package org.grpo4j.proof;

import java.util.List;
import java.util.function.Function;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.TokenReturnAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ExactKl;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TokenDistributions;

/**
 * Both forms of on-policy distillation for one completion of the student, with the library's own
 * pieces: the loss is the sum over the completion's tokens.
 *
 * @param student samples and learns
 * @param teacher the reference
 */
record Distillation(ExactWorld student, ExactWorld teacher) {

  /** From the log-probabilities of the symbols that were drawn. */
  ExactExpectation sampled(double gamma) {
    return over(row -> sampled(row, gamma));
  }

  /** From whole distributions. */
  ExactExpectation exact() {
    return over(this::exact);
  }

  private ExactExpectation over(Function<ExactWorld.Row, double[]> gradient) {
    double[] mean = new double[student.parameters()];
    double square = 0;
    for (ExactWorld.Row row : student.rows()) {
      double[] one = gradient.apply(row);
      Vectors.add(mean, row.probability(), DoubleVector.of(one));
      square += row.probability() * Vectors.dot(one, one);
    }
    double variance = square - Vectors.dot(mean, mean);
    return new ExactExpectation(mean, Math.sqrt(Math.max(0, variance)));
  }

  private double[] sampled(ExactWorld.Row row, double gamma) {
    TokenTable old = TokenTable.of(List.of(row.logProbs()));
    TokenTable reference = TokenTable.of(List.of(teacher.rows().get(row.number()).logProbs()));
    TokenTable mask = TokenTable.constant(old.lengths(), 1);
    DoubleVector noScore = DoubleVector.of(new double[] {0});
    TokenTable rewards =
        new KlInReward(1, KlEstimator.K1).tokenRewards(noScore, old, reference, mask);
    AdvantageInputs inputs =
        AdvantageInputs.of(noScore, RowGroups.consecutive(1, 1), mask).withTokenRewards(rewards);
    TokenTable advantages = new TokenReturnAdvantage(gamma).estimate(inputs).perToken();
    double[] gradient = new double[student.parameters()];
    for (int t = 0; t < row.scores().size(); t++) {
      Vectors.add(gradient, -advantages.get(0, t), row.scores().get(t)); // REINFORCE's loss
    }
    return gradient;
  }

  private double[] exact(ExactWorld.Row row) {
    TabularPolicy policy = student.policy();
    TokenDistributions reference = ofTeacher(row);
    try (ForwardPass forward = policy.forward(List.of(row.sequence()), student.temperature())) {
      forward.backward(
          (i, t, logProbs, into) ->
              new ExactKl(1)
                  .lossByLogProbs(1, logProbs, reference.at(i, t).logProbabilities(), into));
    }
    double[] gradient = policy.gradient().toArray();
    policy.applyGradient(0, Double.POSITIVE_INFINITY); // clears it
    return gradient;
  }

  /** The loss of the exact form on one completion, by the student's parameters as they are. */
  double loss(ExactWorld.Row row) {
    TokenDistributions ours =
        student.policy().distributions(List.of(row.sequence()), student.temperature());
    TokenDistributions theirs = ofTeacher(row);
    double sum = 0;
    for (int t = 0; t < row.sequence().completion().length(); t++) {
      sum += ExactKl.value(ours.at(0, t).logProbabilities(), theirs.at(0, t).logProbabilities());
    }
    return sum;
  }

  double[] gradient(ExactWorld.Row row) {
    return exact(row);
  }

  private TokenDistributions ofTeacher(ExactWorld.Row row) {
    return teacher.policy().distributions(List.of(row.sequence()), teacher.temperature());
  }
}
