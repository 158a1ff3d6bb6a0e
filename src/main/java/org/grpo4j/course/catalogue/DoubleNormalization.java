package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what = "Advantages are normalised in the group and once more over the batch.",
    symptom = "Advantages of a batch with dead groups grow; the learning rate seems to jump.",
    seen = "axon-rl/gem PR #113")
final class DoubleNormalization extends Mistake {

  @Override
  public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
    double[] once = super.advantages(rewards, groups).toArray();
    Moments batch = Moments.of(once);
    for (int i = 0; i < once.length; i++) {
      once[i] =
          batch.allEqual()
              ? 0
              : (once[i] - batch.mean()) / (batch.sampleStandardDeviation() + 1e-4);
    }
    return DoubleVector.of(once);
  }
}
