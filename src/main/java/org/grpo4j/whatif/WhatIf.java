package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlInReward;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;

/** Recomputes an update: from rewards to advantages, from advantages to coefficients. */
public final class WhatIf {

  private WhatIf() {}

  /**
   * Advantages of all completions, and everything about the tokens that are given.
   *
   * @throws IllegalArgumentException if a setting is out of bounds or needs a number that is not
   *     given; the message says which
   */
  public static WhatIfResult evaluate(WhatIfRequest request) {
    Optional<AdvantageEstimator> estimator = request.settings().estimator();
    GrpoObjective objective = request.settings().grpoObjective();
    WhatIfTables tables = WhatIfTables.of(request);

    Optional<Advantages> estimated = Optional.empty();
    TokenTable advantages = tables.tracedAdvantages(estimator.isEmpty());
    if (estimator.isPresent()) {
      estimated = Optional.of(estimator.get().estimate(advantageInputs(request, tables.mask())));
      advantages = estimated.get().perToken();
    }

    List<Integer> rows = miniBatch(request);
    ObjectiveInputs inputs = tables.objectiveInputs(advantages, objective).select(rows);
    ObjectiveResult result = objective.evaluate(inputs);
    return new WhatIfResult(request, estimated, advantages, rows, result);
  }

  private static AdvantageInputs advantageInputs(WhatIfRequest request, TokenTable mask) {
    AdvantageInputs inputs =
        AdvantageInputs.of(request.rewards(), request.groups(), mask)
            .withTokenRewards(KlInReward.atLastToken(presentRewards(request), mask));
    return request.greedyRewards().isPresent()
        ? inputs.withGreedyRewards(request.greedyRewards().get())
        : inputs;
  }

  /** For returns of tokens, a missing reward is none. */
  private static DoubleVector presentRewards(WhatIfRequest request) {
    double[] rewards = request.rewards().toArray();
    for (int row = 0; row < rewards.length; row++) {
      rewards[row] = Double.isNaN(rewards[row]) ? 0 : rewards[row];
    }
    return DoubleVector.of(rewards);
  }

  private static List<Integer> miniBatch(WhatIfRequest request) {
    if (request.miniBatch().isPresent()) {
      return request.miniBatch().get();
    }
    List<Integer> all = new ArrayList<>();
    for (int row = 0; row < request.rewards().size(); row++) {
      all.add(row);
    }
    return all;
  }
}
