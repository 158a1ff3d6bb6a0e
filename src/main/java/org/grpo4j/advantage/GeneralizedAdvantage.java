package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * Generalised advantage estimation with a critic (Eq. 37; Schulman et al. 2016): what PPO uses.
 *
 * <pre>
 * delta_t = r_t + gamma V_(t+1) - V_t
 * A_t     = delta_t + gamma lambda A_(t+1)
 * return_t = A_t + V_t
 * </pre>
 *
 * <p>Masked tokens are skipped by the recursion. After the last token that counts the value is 0,
 * or {@link AdvantageInputs#bootstrapValues} for a completion that was cut off.
 *
 * <p>Needs {@link AdvantageInputs#tokenRewards} and {@link AdvantageInputs#values}.
 *
 * @param gamma discount per token, in [0, 1]
 * @param lambda how far rewards are trusted over the critic, in [0, 1]: at 1 the advantage is the
 *     return minus the value, at 0 the error of one step
 * @param whitening of the advantages over all tokens of the batch, if given; returns are never
 *     whitened
 */
@Kind(
    value = "generalized",
    label = "Generalised (PPO)",
    description = "PPO: generalised advantage estimation with a critic.",
    equation = 37)
public record GeneralizedAdvantage(
    @Setting(value = "Discount per token.", byDefault = "1", range = "[0, 1]") double gamma,
    @Setting(
            value =
                "How far rewards are trusted over the critic: 1 for the whole return, 0 for one"
                    + " step.",
            byDefault = "1",
            range = "[0, 1]")
        double lambda,
    @Setting(value = "Whitening over all tokens of the batch.", byDefault = "batch")
        Optional<Whitening> whitening)
    implements AdvantageEstimator {

  public GeneralizedAdvantage {
    Require.that(gamma >= 0 && gamma <= 1, "gamma", "in [0, 1]", gamma);
    Require.that(lambda >= 0 && lambda <= 1, "lambda", "in [0, 1]", lambda);
  }

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.CRITIC);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    TokenTable values = values(inputs);
    TokenTable advantages = beforeWhitening(inputs);
    double[][] returns = new double[inputs.rows()][];
    for (int i = 0; i < returns.length; i++) {
      returns[i] = new double[values.length(i)];
      for (int t = 0; t < returns[i].length; t++) {
        boolean counts = inputs.mask().get(i, t) != 0;
        returns[i][t] = counts ? advantages.get(i, t) + values.get(i, t) : 0;
      }
    }
    TokenTable whitened =
        whitening.isPresent() ? whitening.get().apply(advantages, inputs.mask()) : advantages;
    return new Advantages(
        this, inputs, whitened, Optional.empty(), Optional.of(TokenTable.of(returns)));
  }

  /** The advantages as Eq. 37 gives them, {@code [N][T_i]}. */
  public TokenTable beforeWhitening(AdvantageInputs inputs) {
    double[][] advantages = new double[inputs.rows()][];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = row(inputs, i);
    }
    return TokenTable.of(advantages);
  }

  /** Eq. 37, from the last token to the first. */
  private double[] row(AdvantageInputs inputs, int i) {
    DoubleVector rewards = tokenRewards(inputs).row(i);
    DoubleVector values = values(inputs).row(i);
    DoubleVector mask = inputs.mask().row(i);
    double[] advantages = new double[mask.size()];
    double nextValue = bootstrapValue(inputs, i);
    double nextAdvantage = 0;
    for (int t = advantages.length - 1; t >= 0; t--) {
      if (mask.get(t) != 0) {
        double delta = rewards.get(t) + gamma * nextValue - values.get(t);
        advantages[t] = delta + gamma * lambda * nextAdvantage;
        nextAdvantage = advantages[t];
        nextValue = values.get(t);
      }
    }
    return advantages;
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    DoubleVector mask = inputs.mask().row(row);
    if (mask.get(token) == 0) {
      return Explanations.zero(inputs, row, token);
    }
    double[] advantages = row(inputs, row);
    int next = token + 1;
    while (next < mask.size() && mask.get(next) == 0) {
      next++;
    }
    boolean last = next >= mask.size();
    double nextValue = last ? bootstrapValue(inputs, row) : values(inputs).get(row, next);
    Explanation nextAdvantage =
        Explanation.of(last ? 0 : advantages[next], "A_next", "advantage of the next token");
    double reward = tokenRewards(inputs).get(row, token);
    double value = values(inputs).get(row, token);
    Explanation discount = Explanation.of(gamma, "gamma", "discount");
    Explanation delta =
        Explanation.filled(
            reward + gamma * nextValue - value,
            "delta",
            "error of the critic at this token",
            "{0} + {1} * {2} - {3}",
            Explanation.of(reward, "r", Explanations.tokenReward(inputs)),
            discount,
            Explanation.of(nextValue, "V_next", "value after the token"),
            Explanation.of(value, "V", "value before the token"));
    Explanation advantage =
        Explanation.filled(
            delta.value() + gamma * lambda * nextAdvantage.value(),
            "A",
            "advantage",
            "{0} + {1} * {2} * {3}",
            delta,
            discount,
            Explanation.of(lambda, "lambda", "trust in rewards over the critic"),
            nextAdvantage);
    if (whitening.isEmpty()) {
      return advantage;
    }
    Moments moments = Moments.ofMasked(beforeWhitening(inputs), inputs.mask());
    return whitening.get().explain(advantage, moments);
  }

  private static double bootstrapValue(AdvantageInputs inputs, int row) {
    return inputs.bootstrapValues().isPresent() ? inputs.bootstrapValues().get().get(row) : 0;
  }

  private static TokenTable tokenRewards(AdvantageInputs inputs) {
    return Inputs.require("tokenRewards", inputs.tokenRewards(), "GAE");
  }

  private static TokenTable values(AdvantageInputs inputs) {
    return Inputs.require("values", inputs.values(), "GAE");
  }
}
