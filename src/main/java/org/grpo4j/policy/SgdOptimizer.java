package org.grpo4j.policy;

import java.io.DataOutput;
import java.io.IOException;

/** {@link SgdSettings} at work. */
final class SgdOptimizer implements Optimizer {

  private final SgdSettings settings;
  private final double[] velocity;

  /**
   * An optimiser in the middle of its work.
   *
   * @param velocity {@code b}, which becomes its own
   */
  SgdOptimizer(SgdSettings settings, double[] velocity) {
    this.settings = settings;
    this.velocity = velocity;
  }

  @Override
  public void step(double[] parameters, double[] gradient, double learningRate) {
    for (int i = 0; i < parameters.length; i++) {
      velocity[i] = settings.momentum() * velocity[i] + gradient[i];
      parameters[i] -= learningRate * velocity[i];
    }
  }

  @Override
  public SgdSettings settings() {
    return settings;
  }

  @Override
  public double[] state() {
    return settings.momentum() > 0 ? velocity.clone() : new double[0];
  }

  @Override
  public long steps() {
    return 0;
  }

  @Override
  public void write(DataOutput out, double[] parameters) throws IOException {
    out.writeDouble(settings.momentum());
    Optimizer.writeAll(out, parameters);
    Optimizer.writeAll(out, velocity);
  }
}
