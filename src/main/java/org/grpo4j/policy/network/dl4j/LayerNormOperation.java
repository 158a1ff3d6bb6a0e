package org.grpo4j.policy.network.dl4j;

import org.grpo4j.policy.network.engine.TransformerShape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Layer normalisation in ND4J operations (Eq. 20): {@code y = gain * (x - mean) / sqrt(variance +
 * 1e-5) + bias}, for each token over its features; {@code x} is {@code [tokens][D]}.
 */
public final class LayerNormOperation {

  private final INDArray gain;
  private final INDArray bias;
  private @Nullable INDArray standardized;
  private @Nullable INDArray inverseDeviation;
  private @Nullable INDArray gainGradient;
  private @Nullable INDArray biasGradient;

  LayerNormOperation(INDArray gain, INDArray bias) {
    this.gain = gain;
    this.bias = bias;
  }

  /** {@code y}; keeps what {@link #backward} needs. */
  INDArray forward(INDArray x) {
    INDArray centered = x.subColumnVector(x.mean(true, 1));
    INDArray variance = centered.mul(centered).mean(true, 1);
    inverseDeviation =
        Transforms.sqrt(variance.add(TransformerShape.NORM_EPSILON), false).rdiv(1.0);
    standardized = centered.mulColumnVector(inverseDeviation);
    return standardized.mulRowVector(gain).addiRowVector(bias);
  }

  /** {@code dL/dx} from {@code dL/dy}. */
  INDArray backward(INDArray byOutput) {
    INDArray xHat = kept(standardized);
    gainGradient = byOutput.mul(xHat).sum(0);
    biasGradient = byOutput.sum(0);
    INDArray byXHat = byOutput.mulRowVector(gain);
    INDArray meanError = byXHat.mean(true, 1);
    INDArray meanProjection = byXHat.mul(xHat).mean(true, 1);
    return byXHat
        .subColumnVector(meanError)
        .subi(xHat.mulColumnVector(meanProjection))
        .muliColumnVector(kept(inverseDeviation));
  }

  INDArray gainGradient() {
    return kept(gainGradient);
  }

  INDArray biasGradient() {
    return kept(biasGradient);
  }

  private static INDArray kept(@Nullable INDArray array) {
    return array == null ? Nd4j.empty() : array;
  }
}
