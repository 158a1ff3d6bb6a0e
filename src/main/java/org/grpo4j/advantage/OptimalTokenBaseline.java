package org.grpo4j.advantage;

import java.util.Optional;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.TokenTable;

/**
 * A baseline for every position of a group's completions (Eq. 61; OTB, arXiv 2602.07078): the mean
 * of their rewards, weighted by how much of the gradient each has gathered up to there.
 *
 * <pre>
 * w_it = |dlog pi(o_it)/dz|^2 = 1 - 2 p(o_it) + sum_v p_v^2,   W_it = w_i1 + ... + w_it
 * B_t  = sum_i W_it r_i / sum_i W_it,                          A_it = r_i - B_t
 * </pre>
 *
 * <p>The sums are over the completions of the group that have a token {@code t} in the loss and a
 * reward. Where there are not two, or all weights are 0, the baseline is 0. A completion in its own
 * baseline makes the gradient biased, as verl's is; left out of it, the gradient is unbiased.
 *
 * <p>Needs {@link AdvantageInputs#scoreNorms}.
 *
 * @param leaveOneOut whether a completion is left out of its own baseline
 * @param cumulative whether the weights are {@code W}, as in the paper, or {@code w}, which is the
 *     optimum where the gradients of different tokens are orthogonal, as in a table of logits
 */
@Kind(
    value = "optimal-token-baseline",
    label = "Optimal token baseline (OTB)",
    description =
        "OTB: a baseline for every position, the rewards weighted by gathered squared gradients.",
    equation = 61)
public record OptimalTokenBaseline(
    @Setting(value = "Leave a completion out of its own baseline.", byDefault = "false")
        boolean leaveOneOut,
    @Setting(
            value = "Weigh by the squared gradients up to the token, or by the token's own only.",
            byDefault = "true")
        boolean cumulative)
    implements AdvantageEstimator {

  @Override
  public Optional<Need> need() {
    return Optional.of(Need.SCORE_NORMS);
  }

  @Override
  public Advantages estimate(AdvantageInputs inputs) {
    double[][] advantages = inputs.mask().toArrays();
    for (int i = 0; i < advantages.length; i++) {
      double reward = inputs.rewards().get(i);
      for (int t = 0; t < advantages[i].length; t++) {
        boolean learns = advantages[i][t] != 0 && !Double.isNaN(reward);
        advantages[i][t] = learns ? reward - baseline(inputs, i, t) : 0;
      }
    }
    return new Advantages(
        this, inputs, TokenTable.of(advantages), Optional.empty(), Optional.empty());
  }

  /** {@code B_t} for row {@code row}. */
  private double baseline(AdvantageInputs inputs, int row, int token) {
    double sum = 0;
    double weights = 0;
    int others = 0;
    for (int i : inputs.groups().members(inputs.groups().groupOf(row))) {
      boolean there = token < inputs.mask().length(i) && inputs.mask().get(i, token) != 0;
      double reward = inputs.rewards().get(i);
      if (there && !Double.isNaN(reward)) {
        others += i == row ? 0 : 1;
        double weight = i == row && leaveOneOut ? 0 : weight(inputs, i, token);
        sum += weight * reward;
        weights += weight;
      }
    }
    return others > 0 && weights > 0 ? sum / weights : 0;
  }

  private double weight(AdvantageInputs inputs, int row, int token) {
    TokenTable norms = Inputs.require("scoreNorms", inputs.scoreNorms(), "OTB");
    double gathered = 0;
    for (int t = cumulative ? 0 : token; t <= token; t++) {
      gathered += inputs.mask().get(row, t) != 0 ? norms.get(row, t) : 0;
    }
    return gathered;
  }

  @Override
  public Optional<Boolean> isDead(AdvantageInputs inputs, int group) {
    return inputs.groupMoments(group).compared();
  }

  @Override
  public Explanation explain(AdvantageInputs inputs, int row, int token) {
    double reward = inputs.rewards().get(row);
    if (inputs.mask().get(row, token) == 0 || Double.isNaN(reward)) {
      return Explanations.zero(inputs, row, token);
    }
    double baseline = baseline(inputs, row, token);
    return Explanation.filled(
        reward - baseline,
        "A",
        "advantage",
        "{0} - {1}",
        Explanations.reward(inputs, row),
        Explanation.of(
            baseline,
            "b",
            "baseline of token " + token + ": weighted mean of rewards of the group",
            Explanation.of(
                weight(inputs, row, token), "W", "squared gradient of this completion")));
  }
}
