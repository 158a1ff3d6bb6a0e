package org.grpo4j.train.sampling;

import java.util.List;
import org.grpo4j.math.Require;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.task.Problem;

/**
 * A batch of questions and a group of completions for each, all of which are learnt from.
 *
 * @param prompts where questions come from
 * @param sampler writes the completions
 * @param promptsPerUpdate {@code P}, at least 1
 */
public record SampledRollouts(PromptSampler prompts, RolloutSampler sampler, int promptsPerUpdate)
    implements RolloutCollector {

  public SampledRollouts {
    Require.that(promptsPerUpdate >= 1, "promptsPerUpdate", "at least 1", promptsPerUpdate);
  }

  @Override
  public Collected collect(LanguageModel model, int update) {
    List<Problem> questions = prompts.sample(update, promptsPerUpdate); // line 5
    return Collected.all(sampler.sample(model, questions, update)); // line 7
  }

  @Override
  public double temperature() {
    return sampler.temperature();
  }
}
