package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.objective.RatioLevel;

/** What one ratio of new to old policy is taken over. */
public sealed interface RatioLevelConfig {

  /** The ratio level with these settings. */
  RatioLevel ratioLevel();

  /** One ratio a token. */
  @Kind(value = "token", description = "Every token has its own ratio: PPO and GRPO (Eq. 2).")
  record Token() implements RatioLevelConfig {

    @Override
    public RatioLevel ratioLevel() {
      return RatioLevel.TOKEN;
    }
  }
}
