package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * The discounted reward from each token on (Eq. 36), as it is: without a baseline and without
 * whitening. With a KL divergence from a teacher as the only reward of a token ({@code kl: {kind:
 * reward, coefficient: 1}}, a reference that is another run) this is on-policy distillation (Eq.
 * 64):
 *
 * <pre>A_it = log nu(o_it) - log pi_old(o_it)          (discount 0)</pre>
 *
 * <p>Discount 0 is what is used for language models: every token answers for itself only. Discount
 * 1 also counts where a token leads, and is the gradient of the divergence of whole completions.
 *
 * @param gamma discount per token, in [0, 1]
 */
@Kind(
    value = "token-return",
    label = "Return of the token, as it is",
    description = "Discounted rewards from each token on, as they are; on-policy distillation.",
    equation = 36)
public record TokenReturnAdvantage(
    @Setting(value = "Discount per token.", byDefault = "0", range = "[0, 1]") double gamma)
    implements AdvantageEstimator {

  public TokenReturnAdvantage {
    Require.that(gamma >= 0 && gamma <= 1, "gamma", "in [0, 1]", gamma);
  }

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.TOKEN_REWARDS);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    TokenTable returns = returns(inputs);
    return new Advantages(this, inputs, returns, Optional.empty(), Optional.of(returns));
  }

  private TokenTable returns(AdvantageInputs inputs) {
    TokenTable tokenRewards = Inputs.require("tokenRewards", inputs.tokenRewards(), "token-return");
    return TokenReturns.of(tokenRewards, inputs.mask(), gamma);
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    return inputs.mask().get(row, token) == 0
        ? Explanations.zero(inputs, row, token)
        : Explanation.of(
            returns(inputs).get(row, token), "A", "discounted reward from this token on");
  }
}
