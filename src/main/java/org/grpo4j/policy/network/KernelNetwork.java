package org.grpo4j.policy.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Optimizer;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.TransformerParameters;

/**
 * A transformer of the hand-written kernels, of precision {@code FAST_FLOAT} or {@code
 * PLAIN_FLOAT}: kernels over floats, and an optimiser in double after whose step the parameters are
 * rounded to float.
 */
final class KernelNetwork extends TrainableNetwork {

  private static final AdamSettings INITIAL = new AdamSettings(0.9, 0.999, 1e-8);

  private final EngineMaker engines;
  private final double[] values;
  private Optimizer optimizer;

  /**
   * @param values the flat parameter vector, of floats; becomes its own
   * @param workers the only threads that use it
   */
  KernelNetwork(
      NetworkKind kind,
      EngineMaker engines,
      double[] values,
      Optimizer optimizer,
      long version,
      Workers workers) {
    super(
        kind,
        engines.engine(kind, workers),
        TransformerParameters.matrices(kind.shape(), kind.outputs()),
        values,
        version);
    this.engines = engines;
    this.values = values;
    this.optimizer = optimizer;
  }

  /** A network of this kind with first parameters drawn from {@code seed}. */
  static KernelNetwork first(
      NetworkKind kind, EngineMaker engines, long seed, long version, Workers workers) {
    double[] drawn = TransformerParameters.firstValues(kind.shape(), kind.outputs(), seed);
    double[] values = kind.precision().round(drawn);
    Optimizer optimizer = Optimizer.fresh(INITIAL, values.length);
    return new KernelNetwork(kind, engines, values, optimizer, version, workers);
  }

  @Override
  TrainableNetwork fresh(NetworkKind other, long seed, long itsVersion, Workers workers) {
    return first(other, engines, seed, itsVersion, workers);
  }

  Optimizer optimizer() {
    return optimizer;
  }

  @Override
  double[] values() {
    return values.clone();
  }

  @Override
  void write(double[] other) {
    System.arraycopy(kind().precision().round(other), 0, values, 0, values.length);
  }

  @Override
  void step(double[] gradients, double factor, double learningRate) {
    double[] clipped = new double[gradients.length];
    for (int i = 0; i < clipped.length; i++) {
      clipped[i] = gradients[i] * factor;
    }
    optimizer.step(values, clipped, learningRate);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) values[i];
    }
  }

  @Override
  void resetOptimizer(OptimizerSettings settings) {
    optimizer = Optimizer.fresh(settings, values.length);
  }

  @Override
  void save(Path directory) throws IOException {
    try (OutputStream file = KernelNetworkFile.create(directory, kind().precision())) {
      write(file);
    }
  }

  void write(OutputStream file) throws IOException {
    KernelNetworkFile.write(file, kind(), version(), values, optimizer);
  }
}
