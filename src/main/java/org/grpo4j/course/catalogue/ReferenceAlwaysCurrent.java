package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "trainer",
    what = "The reference policy is replaced before every update.",
    symptom = "The KL term is 0 at the first step of every update; its weight does nothing.")
final class ReferenceAlwaysCurrent extends Mistake {

  @Override
  public TokenTable training(TrainingRun run) {
    return run.withReferenceRefreshEvery(1).numbers();
  }
}
