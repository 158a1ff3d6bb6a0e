package org.grpo4j.advantage;

import org.grpo4j.math.Deviation;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Moments;

/** What a centred reward is divided by. */
public enum RewardScale {
  /** The group's deviation: GRPO. A group whose rewards hardly differ weighs as much as any. */
  GROUP {
    @Override
    double divisor(Moments group, Moments batch, Deviation deviation, double stdEpsilon) {
      return deviation.standardDeviation(group) + stdEpsilon;
    }

    @Override
    Explanation explain(Moments group, Moments batch, Deviation deviation, double stdEpsilon) {
      return explainDivisor("of the group", deviation.standardDeviation(group), stdEpsilon);
    }
  },

  /** The deviation of all rewards of the batch, as in Lite PPO. */
  BATCH {
    @Override
    double divisor(Moments group, Moments batch, Deviation deviation, double stdEpsilon) {
      return deviation.standardDeviation(batch) + stdEpsilon;
    }

    @Override
    Explanation explain(Moments group, Moments batch, Deviation deviation, double stdEpsilon) {
      return explainDivisor("of the batch", deviation.standardDeviation(batch), stdEpsilon);
    }
  },

  /** Nothing: Dr. GRPO. Easy and hard prompts keep their natural, smaller weight. */
  NONE {
    @Override
    double divisor(Moments group, Moments batch, Deviation deviation, double stdEpsilon) {
      return 1;
    }

    @Override
    Explanation explain(Moments group, Moments batch, Deviation deviation, double stdEpsilon) {
      return Explanation.of(1, "no scaling");
    }
  };

  abstract double divisor(Moments group, Moments batch, Deviation deviation, double stdEpsilon);

  abstract Explanation explain(
      Moments group, Moments batch, Deviation deviation, double stdEpsilon);

  private static Explanation explainDivisor(String of, double standardDeviation, double epsilon) {
    return Explanation.filled(
        standardDeviation + epsilon,
        "divisor = standard deviation + stdEpsilon",
        "{0} + {1}",
        Explanation.of(standardDeviation, "standard deviation of the rewards " + of),
        Explanation.of(epsilon, "stdEpsilon"));
  }
}
