package org.grpo4j.train.sampling;

import org.grpo4j.policy.LanguageModel;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;

/**
 * The source of the completions of an update: lines 5 to 7 of the algorithm. {@link
 * SampledRollouts} is the paper's, {@link DynamicSampling} is DAPO's.
 */
public interface RolloutCollector {

  /**
   * The completions to learn from.
   *
   * @param model {@code pi_old}
   * @param update the update they are for, from 0
   */
  Collected collect(LanguageModel model, int update);

  /** The temperature completions are sampled at, and have to be scored at. */
  double temperature();

  /**
   * Completions to learn from, and what they cost.
   *
   * @param rollout the completions to learn from
   * @param sampledCompletions all that were sampled for them, those that were dropped included
   * @param sampledTokens tokens of these
   */
  record Collected(RolloutBatch rollout, int sampledCompletions, long sampledTokens) {

    /** Completions of which none was dropped. */
    static Collected all(RolloutBatch rollout) {
      return new Collected(rollout, rollout.completions().size(), tokens(rollout));
    }

    static long tokens(RolloutBatch rollout) {
      long tokens = 0;
      for (Group group : rollout.groups()) {
        for (int g = 0; g < group.size(); g++) {
          tokens += group.completions().get(g).length();
        }
      }
      return tokens;
    }
  }
}
