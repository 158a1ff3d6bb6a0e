package org.grpo4j.objective;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.TokenTable;

/**
 * The objective on one batch, with every intermediate number.
 *
 * @param objective what was evaluated
 * @param inputs what it was evaluated on
 * @param terms everything about each token, {@code [N][T_i]}
 * @param loss the whole loss
 * @param policyLoss the part of the policy terms
 * @param klLoss the part of the KL terms, {@code beta} included
 * @param entropyLoss the part of the entropy bonus, {@code -alpha} included
 * @param lossByLogProb {@code g_it = dLoss/dlog pi_it}: the table a policy's backward pass takes
 * @param lossByEntropy {@code dLoss/dH_it}: the other one, all 0 without an entropy bonus
 * @param metrics what is worth logging
 */
public record ObjectiveResult(
    GrpoObjective objective,
    ObjectiveInputs inputs,
    List<List<TokenTerm>> terms,
    double loss,
    double policyLoss,
    double klLoss,
    double entropyLoss,
    TokenTable lossByLogProb,
    TokenTable lossByEntropy,
    ObjectiveMetrics metrics) {

  /** The result once the terms of all tokens are summed; the entropy bonus is added here. */
  static ObjectiveResult of(
      GrpoObjective objective,
      ObjectiveInputs inputs,
      List<List<TokenTerm>> terms,
      double loss,
      double policyLoss,
      double klLoss) {
    TokenTable lossByEntropy = lossByEntropy(objective.entropyBonus(), inputs);
    double entropyLoss = 0;
    if (objective.entropyBonus().weight() != 0) {
      entropyLoss = sumOfProducts(lossByEntropy, inputs.entropies().orElseThrow());
    }
    return new ObjectiveResult(
        objective,
        inputs,
        List.copyOf(terms),
        loss + entropyLoss,
        policyLoss,
        klLoss,
        entropyLoss,
        table(terms, TokenTerm::lossByLogProb),
        lossByEntropy,
        ObjectiveMetrics.of(objective, inputs, terms));
  }

  private static TokenTable lossByEntropy(EntropyBonus bonus, ObjectiveInputs inputs) {
    if (bonus.weight() == 0) {
      return TokenTable.constant(inputs.mask().lengths(), 0);
    }
    TokenTable weights = bonus.aggregation().weights(inputs.mask(), inputs.groups());
    double[][] lossByEntropy = weights.toArrays();
    for (double[] row : lossByEntropy) {
      for (int t = 0; t < row.length; t++) {
        row[t] = row[t] == 0 ? 0 : -bonus.weight() * row[t];
      }
    }
    return TokenTable.of(lossByEntropy);
  }

  private static double sumOfProducts(TokenTable factors, TokenTable values) {
    double sum = 0;
    for (int i = 0; i < factors.rows(); i++) {
      for (int t = 0; t < factors.length(i); t++) {
        sum += factors.get(i, t) != 0 ? factors.get(i, t) * values.get(i, t) : 0;
      }
    }
    return sum;
  }

  /** Everything about token {@code token} of row {@code row}. */
  public TokenTerm token(int row, int token) {
    return terms.get(row).get(token);
  }

  /** The loss of each token before weighting, {@code [N][T_i]}, 0 where masked. */
  public TokenTable perTokenLoss() {
    return table(terms, TokenTerm::loss);
  }

  /** The ratio of each token, {@code [N][T_i]}, 0 where masked. */
  public TokenTable ratios() {
    return table(terms, TokenTerm::ratio);
  }

  /** Completions with a token that the off-policy row mask has left out. */
  public int rowsMasked() {
    int masked = 0;
    for (int i = 0; i < inputs.rows(); i++) {
      double drop = inputs.meanLogProbDrop(i);
      boolean some = false;
      for (TokenTerm term : terms.get(i)) {
        some |= term.counts() && !objective.offPolicyRowMask().keeps(term.advantage(), drop);
      }
      masked += some ? 1 : 0;
    }
    return masked;
  }

  /** The KL estimate of each token, {@code [N][T_i]}, 0 where masked. */
  public TokenTable kl() {
    return table(terms, TokenTerm::kl);
  }

  /** The aggregation weight of each token, {@code [N][T_i]}, 0 where masked. */
  public TokenTable weights() {
    return table(terms, TokenTerm::weight);
  }

  /** The explanation of {@code dLoss/dlog pi} of a token; the value is that of the table. */
  public Explanation explain(int row, int token) {
    return new ObjectiveExplainer(this).coefficient(row, token);
  }

  /** The explanation of the loss of a token, before weighting. */
  public Explanation explainLoss(int row, int token) {
    return new ObjectiveExplainer(this).loss(row, token);
  }

  /** The explanation of the ratio of a token that counts. */
  public Explanation explainRatio(int row, int token) {
    return new ObjectiveExplainer(this).ratio(token(row, token));
  }

  /** The explanation of a counting token's KL estimate, if there is a reference policy. */
  public Explanation explainKl(int row, int token) {
    return new ObjectiveExplainer(this).kl(row, token);
  }

  /** The explanation of the aggregation weight of the tokens of a row. */
  public Explanation explainWeight(int row) {
    return new ObjectiveExplainer(this).weight(row);
  }

  /** For people: the loss and its parts; the tables are in the components. */
  @Override
  public String toString() {
    return "loss "
        + Numbers.brief(loss)
        + " = policy "
        + Numbers.brief(policyLoss)
        + " + KL "
        + Numbers.brief(klLoss)
        + " + entropy "
        + Numbers.brief(entropyLoss)
        + " of "
        + terms.size()
        + " rows";
  }

  private static TokenTable table(
      List<List<TokenTerm>> terms, ToDoubleFunction<TokenTerm> component) {
    double[][] table = new double[terms.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = new double[terms.get(i).size()];
      for (int t = 0; t < table[i].length; t++) {
        table[i][t] = component.applyAsDouble(terms.get(i).get(t));
      }
    }
    return TokenTable.of(table);
  }
}
