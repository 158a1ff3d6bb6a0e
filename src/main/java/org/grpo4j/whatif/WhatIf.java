package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;

/** Recomputes an update: from rewards to advantages, from advantages to coefficients. */
public final class WhatIf {

  private WhatIf() {}

  /**
   * Advantages of all completions, and everything about the tokens that are given.
   *
   * @throws IllegalArgumentException if a part of the algorithm needs a number that is not given;
   *     the message says which
   */
  public static WhatIfResult evaluate(WhatIfRequest request) {
    WhatIfTables tables = WhatIfTables.of(request);
    Optional<Advantages> estimated = Optional.empty();
    if (request.estimator().isPresent()) {
      estimated = Optional.of(request.estimator().get().estimate(withTokenRewards(request)));
    }
    TokenTable advantages =
        estimated.isPresent() ? estimated.get().perToken() : tables.tracedAdvantages();
    List<Integer> rows = miniBatch(request);
    ObjectiveInputs inputs = tables.objectiveInputs(advantages).select(rows);
    ObjectiveResult result = request.objective().evaluate(inputs);
    return new WhatIfResult(request, estimated, advantages, rows, result);
  }

  /** For returns of tokens, a missing reward is none. */
  private static AdvantageInputs withTokenRewards(WhatIfRequest request) {
    AdvantageInputs inputs = request.inputs();
    if (inputs.tokenRewards().isPresent()) {
      return inputs;
    }
    double[] rewards = inputs.rewards().toArray();
    for (int row = 0; row < rewards.length; row++) {
      rewards[row] = Double.isNaN(rewards[row]) ? 0 : rewards[row];
    }
    return inputs.withTokenRewards(KlInReward.atLastToken(DoubleVector.of(rewards), inputs.mask()));
  }

  private static List<Integer> miniBatch(WhatIfRequest request) {
    if (request.miniBatch().isPresent()) {
      return request.miniBatch().get();
    }
    List<Integer> all = new ArrayList<>();
    for (int row = 0; row < request.inputs().rows(); row++) {
      all.add(row);
    }
    return all;
  }
}
