package org.grpo4j.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.policy.TokenDistribution;

/** Kinds that reach down to the logits. */
final class LogitChecks {

  private LogitChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "token_logp", LogitChecks::tokenLogProb,
        "entropy", LogitChecks::entropy,
        "policy_loss_logits", LogitChecks::policyLoss,
        "kl_expectation", LogitChecks::klExpectation);
  }

  private static Answers tokenLogProb(VectorCase vectorCase) {
    Scored scored = Scored.of(vectorCase.inputs(), 1);
    TokenTable one = TokenTable.constant(scored.tokens().lengths(), 1);
    TokenTable zero = TokenTable.constant(scored.tokens().lengths(), 0);
    return new Answers()
        .with("logp", scored.logProbs())
        .with("dlogp_dlogits", scored.lossByLogits(one, zero));
  }

  private static Answers entropy(VectorCase vectorCase) {
    List<TokenTable> logits = vectorCase.inputs().tables("logits");
    int[] lengths = logits.stream().mapToInt(TokenTable::rows).toArray();
    TokenTable zero = TokenTable.constant(lengths, 0);
    Scored scored = new Scored(logits, zero, 1);
    return new Answers()
        .with("entropy", scored.entropies())
        .with("dentropy_dlogits", scored.lossByLogits(zero, TokenTable.constant(lengths, 1)));
  }

  private static Answers policyLoss(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    CaseValues options = vectorCase.options();
    TokenTable mask = inputs.table("mask");
    Scored scored = Scored.of(inputs, options.number("temperature", 1));
    TokenTable advantages = ObjectiveChecks.advantages(inputs, mask);
    ObjectiveInputs objectiveInputs =
        ObjectiveChecks.inputs(vectorCase, scored.logProbs(), advantages, mask)
            .withEntropies(scored.entropies());
    GrpoObjective objective =
        Columns.objective(options)
            .withEntropyBonus(EntropyBonus.tokenMean(options.number("entropy_coef", 0)));
    ObjectiveResult result = objective.evaluate(objectiveInputs);
    return new Answers()
        .with("loss", result.loss())
        .with("logp", scored.logProbs())
        .with("entropy", scored.entropies())
        .with("mean_entropy", result.metrics().entropy())
        .with("dloss_dlogits", scored.lossByLogits(result.lossByLogProb(), result.lossByEntropy()));
  }

  /** The average of each estimator, as sums over the vocabulary. */
  private static Answers klExpectation(VectorCase vectorCase) {
    TokenDistribution current = distribution(vectorCase, "logits");
    TokenDistribution reference = distribution(vectorCase, "ref_logits");
    Expectation expectation = new Expectation(current, reference);
    Answers answers = new Answers();
    int size = current.size();
    double reverse = expectation.mean(KlEstimator.K1);
    double forward = new Expectation(reference, current).mean(KlEstimator.K1);
    answers
        .with("reverse_kl", reverse)
        .with("forward_kl", forward)
        .with(
            "reverse_kl_gradient", size, j -> current.probability(j) * (expectation.x(j) - reverse))
        .with("forward_kl_gradient", size, j -> current.probability(j) - reference.probability(j));
    for (KlEstimator k : List.of(KlEstimator.K1, KlEstimator.K2, KlEstimator.K3)) {
      String name = k.name().toLowerCase(Locale.ROOT);
      answers
          .with("mean_" + name, expectation.mean(k))
          .with("in_loss_gradient_" + name, expectation.gradient(k, false, 0))
          .with("in_reward_gradient_" + name, expectation.gradient(k, true, 0));
    }
    return answers.with(
        "in_loss_gradient_k3_ratio_weighted", expectation.gradient(KlEstimator.K3, false, 1));
  }

  private static TokenDistribution distribution(VectorCase vectorCase, String logits) {
    return TokenDistribution.of(vectorCase.inputs().vector(logits).toArray(), 1);
  }

  /** Means over the vocabulary under the policy. */
  private record Expectation(TokenDistribution current, TokenDistribution reference) {

    double mean(KlEstimator estimator) {
      double mean = 0;
      for (int a = 0; a < current.size(); a++) {
        mean += current.probability(a) * estimator.value(x(a));
      }
      return mean;
    }

    /** The mean of the coefficient of {@code dlog p} carried to the logits. */
    DoubleVector gradient(KlEstimator estimator, boolean inReward, double ratioWeight) {
      double[] gradient = new double[current.size()];
      double[] byLogits = new double[gradient.length];
      for (int a = 0; a < gradient.length; a++) {
        double value = estimator.value(x(a));
        double derivative = estimator.derivative(x(a));
        double coefficient = inReward ? value : derivative + ratioWeight * value;
        current.lossByLogits(a, coefficient, 0, byLogits);
        for (int j = 0; j < gradient.length; j++) {
          gradient[j] += current.probability(a) * byLogits[j];
        }
      }
      return DoubleVector.of(gradient);
    }

    double x(int token) {
      return current.logProbability(token) - reference.logProbability(token);
    }
  }

  /** Logits {@code [N][T_i][V]} and the tokens that were drawn, at a temperature. */
  private record Scored(List<TokenTable> logits, TokenTable tokens, double temperature) {

    static Scored of(CaseValues inputs, double temperature) {
      return new Scored(inputs.tables("logits"), inputs.table("tokens"), temperature);
    }

    TokenTable logProbs() {
      return each((i, t) -> distribution(i, t).logProbability(token(i, t)));
    }

    TokenTable entropies() {
      return each((i, t) -> distribution(i, t).entropy());
    }

    private TokenTable each(ToDoubleBiFunction<Integer, Integer> number) {
      double[][] numbers = tokens.toArrays();
      for (int i = 0; i < numbers.length; i++) {
        for (int t = 0; t < numbers[i].length; t++) {
          numbers[i][t] = number.applyAsDouble(i, t);
        }
      }
      return TokenTable.of(numbers);
    }

    List<TokenTable> lossByLogits(TokenTable lossByLogProb, TokenTable lossByEntropy) {
      List<TokenTable> tables = new ArrayList<>();
      for (int i = 0; i < tokens.rows(); i++) {
        List<DoubleVector> rows = new ArrayList<>();
        for (int t = 0; t < tokens.length(i); t++) {
          double[] byLogits = new double[logits.get(i).length(t)];
          distribution(i, t)
              .lossByLogits(
                  token(i, t), lossByLogProb.get(i, t), lossByEntropy.get(i, t), byLogits);
          rows.add(DoubleVector.of(byLogits));
        }
        tables.add(TokenTable.of(rows));
      }
      return tables;
    }

    private TokenDistribution distribution(int i, int t) {
      return TokenDistribution.of(logits.get(i).row(t).toArray(), temperature);
    }

    private int token(int i, int t) {
      return (int) tokens.get(i, t);
    }
  }
}
