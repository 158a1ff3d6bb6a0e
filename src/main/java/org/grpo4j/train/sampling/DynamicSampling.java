package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.task.Problem;

/**
 * DAPO's dynamic sampling (DAPO eq. 11): groups that teach nothing, such as those that are all
 * right or all wrong, are dropped and replaced by sampling further questions, round by round, until
 * there are enough or {@code maxRounds} is reached. What is then missing is filled with the groups
 * that were dropped first, so that all updates have one size.
 *
 * <p>Every round draws from streams of its own: the first one's completions are those of {@link
 * SampledRollouts}.
 *
 * @param prompts where questions come from
 * @param sampler writes the completions
 * @param promptsPerUpdate {@code P}, questions of a round and groups that are wanted, at least 1
 * @param rewardFunction {@code r}; called here to choose and by the trainer to learn
 * @param filter which groups are kept
 * @param maxRounds most rounds of sampling, at least 1
 */
public record DynamicSampling(
    PromptSampler prompts,
    RolloutSampler sampler,
    int promptsPerUpdate,
    RewardFunction rewardFunction,
    GroupFilter filter,
    int maxRounds)
    implements RolloutCollector {

  public DynamicSampling {
    Require.that(promptsPerUpdate >= 1, "promptsPerUpdate", "at least 1", promptsPerUpdate);
    Require.that(maxRounds >= 1, "maxRounds", "at least 1", maxRounds);
  }

  @Override
  public Collected collect(LanguageModel model, int update) {
    List<Group> kept = new ArrayList<>();
    List<Group> dropped = new ArrayList<>();
    int completions = 0;
    long tokens = 0;
    for (int round = 0; round < maxRounds && kept.size() < promptsPerUpdate; round++) {
      int first = round * promptsPerUpdate;
      List<Problem> questions =
          prompts.sample(update, first + promptsPerUpdate).subList(first, first + promptsPerUpdate);
      RolloutBatch sampled = sampler.sample(model, questions, update, first);
      for (Group group : sampled.groups()) {
        (filter.keeps(rewards(group)) ? kept : dropped).add(group);
      }
      completions += sampled.completions().size();
      tokens += Collected.tokens(sampled);
    }
    for (int i = 0; kept.size() < promptsPerUpdate; i++) {
      kept.add(dropped.get(i));
    }
    List<Group> chosen = kept.subList(0, promptsPerUpdate);
    return new Collected(new RolloutBatch(update, model.version(), chosen), completions, tokens);
  }

  private Moments rewards(Group group) {
    double[] rewards = new double[group.size()];
    for (int g = 0; g < rewards.length; g++) {
      Completion completion = group.completions().get(g);
      rewards[g] = rewardFunction.score(group.problem(), completion).total();
    }
    return Moments.ofPresent(rewards);
  }

  @Override
  public double temperature() {
    return sampler.temperature();
  }
}
