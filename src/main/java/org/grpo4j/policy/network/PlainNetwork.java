package org.grpo4j.policy.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Optimizer;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.TransformerParameters;
import org.grpo4j.policy.network.kernels.KernelEngine;
import org.grpo4j.policy.network.kernels.Kernels;

/**
 * A transformer in plain Java, of {@link org.grpo4j.policy.network.engine.Precision#PLAIN_FLOAT}:
 * kernels in plain loops over floats, and an optimiser in double after whose step the parameters
 * are rounded to float.
 */
final class PlainNetwork extends TrainableNetwork {

  private static final AdamSettings INITIAL = new AdamSettings(0.9, 0.999, 1e-8);

  private final double[] values;
  private Optimizer optimizer;

  /**
   * @param values the flat parameter vector, of floats; becomes its own
   * @param workers the only threads that use it
   */
  PlainNetwork(
      NetworkKind kind, double[] values, Optimizer optimizer, long version, Workers workers) {
    super(
        kind,
        new KernelEngine(kind.shape(), kind.outputs(), Kernels.plain(), workers::stack),
        TransformerParameters.matrices(kind.shape(), kind.outputs()),
        values,
        version);
    this.values = values;
    this.optimizer = optimizer;
  }

  /** A network of this kind with first parameters drawn from {@code seed}. */
  static PlainNetwork first(NetworkKind kind, long seed, long version, Workers workers) {
    double[] drawn = TransformerParameters.firstValues(kind.shape(), kind.outputs(), seed);
    double[] values = kind.precision().round(drawn);
    Optimizer optimizer = Optimizer.fresh(INITIAL, values.length);
    return new PlainNetwork(kind, values, optimizer, version, workers);
  }

  @Override
  TrainableNetwork fresh(NetworkKind other, long seed, long itsVersion, Workers workers) {
    return first(other, seed, itsVersion, workers);
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
    double[] moved = values();
    optimizer.step(moved, clipped, learningRate);
    write(moved);
  }

  @Override
  void resetOptimizer(OptimizerSettings settings) {
    optimizer = Optimizer.fresh(settings, values.length);
  }

  @Override
  void save(Path directory) throws IOException {
    try (OutputStream file = PlainNetworkFile.create(directory)) {
      write(file);
    }
  }

  void write(OutputStream file) throws IOException {
    PlainNetworkFile.write(file, kind(), version(), values, optimizer);
  }
}
