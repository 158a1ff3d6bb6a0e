package org.grpo4j.policy.network.dl4j;

import java.util.Objects;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.grpo4j.math.NormalDeviates;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Normal first values for a stock layer's weights, from the run's keyed streams. */
public final class KeyedNormal implements IWeightInit {

  private static final long serialVersionUID = 1L;

  @JsonProperty private long seed;
  @JsonProperty private int key;
  @JsonProperty private double deviation;

  /** For JSON. */
  public KeyedNormal() {}

  KeyedNormal(long seed, int key, double deviation) {
    this.seed = seed;
    this.key = key;
    this.deviation = deviation;
  }

  @Override
  public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray view) {
    SplittableRandom random = new RandomStreams(seed).stream(Purpose.PARAMETERS, key);
    for (long i = 0; i < view.length(); i++) {
      view.putScalar(i, deviation * NormalDeviates.next(random));
    }
    return view.reshape(order, shape);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyedNormal that
        && seed == that.seed
        && key == that.key
        && deviation == that.deviation;
  }

  @Override
  public int hashCode() {
    return Objects.hash(seed, key, deviation);
  }
}
