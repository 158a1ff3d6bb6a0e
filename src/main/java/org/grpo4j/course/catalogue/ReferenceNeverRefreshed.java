package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "trainer",
    what = "The reference policy of the first update is kept, though it is to be replaced.",
    symptom = "The KL divergence rises all the way and holds the policy back.")
final class ReferenceNeverRefreshed extends Mistake {

  @Override
  public TokenTable training(TrainingRun run) {
    return run.withReferenceRefreshEvery(0).numbers();
  }
}
