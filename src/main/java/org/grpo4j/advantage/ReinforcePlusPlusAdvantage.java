package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * REINFORCE++ (arXiv 2501.03262): discounted rewards from each token on (Eq. 36), whitened over all
 * tokens of the batch (Eq. 35). One completion per prompt is enough.
 *
 * <p>Needs {@link AdvantageInputs#tokenRewards}, usually a KL penalty on every token and the reward
 * on the last.
 *
 * @param gamma discount per token, in [0, 1]
 * @param whitening over all tokens of the batch that take part in the loss
 */
@Kind(
    value = "reinforce-plus-plus",
    label = "Whitened returns (REINFORCE++)",
    description = "REINFORCE++: discounted rewards from each token on, whitened over all tokens.",
    equation = 36)
public record ReinforcePlusPlusAdvantage(
    @Setting(value = "Discount per token.", byDefault = "1", range = "[0, 1]") double gamma,
    @Setting(value = "Whitening over all tokens of the batch.") Whitening whitening)
    implements AdvantageEstimator {

  public ReinforcePlusPlusAdvantage {
    Require.that(gamma >= 0 && gamma <= 1, "gamma", "in [0, 1]", gamma);
  }

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.TOKEN_REWARDS);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    TokenTable returns = returns(inputs);
    TokenTable advantages = whitening.apply(returns, inputs.mask());
    return new Advantages(this, inputs, advantages, Optional.empty(), Optional.of(returns));
  }

  private TokenTable returns(AdvantageInputs inputs) {
    TokenTable tokenRewards = Inputs.require("tokenRewards", inputs.tokenRewards(), "REINFORCE++");
    return TokenReturns.of(tokenRewards, inputs.mask(), gamma);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    if (inputs.mask().get(row, token) == 0) {
      return Explanations.zero(inputs, row, token);
    }
    TokenTable returns = returns(inputs);
    Moments moments = Moments.ofMasked(returns, inputs.mask());
    Explanation given =
        Explanation.of(returns.get(row, token), "x", "discounted reward from this token on");
    return whitening.explain(given, moments);
  }
}
