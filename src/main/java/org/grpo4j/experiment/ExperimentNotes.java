package org.grpo4j.experiment;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.Sampler;

/**
 * Notes for a reader of the results about the settings: what cannot act is no mistake in an
 * experiment, and can be one in what is concluded from it. Mistakes are refused instead, by {@link
 * ExperimentRules}.
 */
public final class ExperimentNotes {

  private ExperimentNotes() {}

  /** One sentence for each setting that changes nothing in {@code config}; often none. */
  public static List<String> of(ExperimentConfig config) {
    List<String> notes = new ArrayList<>();
    GrpoSettings train = config.train();
    boolean onPolicy =
        train.optimizerStepsPerUpdate() == 1
            && config.sampler().other().filter(o -> o.old() == Sampler.Other.Old.SAMPLER).isEmpty();
    if (onPolicy && !(config.objective().surrogate() instanceof ReinforceSurrogate)) {
      notes.add(
          "with one optimiser step an update every ratio is 1, so that no clip or bound of"
              + " objective.surrogate acts; train.inner_epochs or train.mini_batches makes more");
    }
    if (config.dynamicSampling().filter(filter -> filter.maxRounds() == 1).isPresent()) {
      notes.add("dynamic_sampling replaces nothing with max_rounds 1");
    }
    if (train.updates() > 0 && train.warmupUpdates() >= train.updates()) {
      notes.add("the learning rate is still rising at the end: train.warmup_updates");
    }
    return notes;
  }
}
