package org.grpo4j.policy;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.grpo4j.math.Elementary;

/**
 * Adam in plain Java (Eq. 11; Kingma and Ba 2015, algorithm 1):
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g          mHat = m / (1 - beta1^s)
 * v = beta2 v + (1 - beta2) g^2        vHat = v / (1 - beta2^s)
 * theta = theta - learningRate * mHat / (sqrt(vHat) + epsilon)
 * </pre>
 *
 * with {@code s} the number of steps taken, this one included.
 */
final class AdamOptimizer implements Optimizer {

  private final AdamSettings settings;
  private final double[] firstMoment;
  private final double[] secondMoment;
  private long steps;

  /** A fresh optimiser: moments zero, no steps taken. */
  AdamOptimizer(AdamSettings settings, int parameters) {
    this(settings, new double[parameters], new double[parameters], 0);
  }

  /** An optimiser in the middle of its work; the arrays become its own. */
  AdamOptimizer(AdamSettings settings, double[] firstMoment, double[] secondMoment, long steps) {
    this.settings = settings;
    this.firstMoment = firstMoment;
    this.secondMoment = secondMoment;
    this.steps = steps;
  }

  @Override
  public void step(double[] parameters, double[] gradient, double learningRate) {
    steps++;
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double epsilon = settings.epsilon();
    double firstCorrection = 1 - Elementary.power(beta1, steps);
    double secondCorrection = 1 - Elementary.power(beta2, steps);
    double[] m = firstMoment;
    double[] v = secondMoment;
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i];
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      double mHat = m[i] / firstCorrection;
      double vHat = v[i] / secondCorrection;
      parameters[i] -= learningRate * mHat / (Math.sqrt(vHat) + epsilon);
    }
  }

  @Override
  public AdamSettings settings() {
    return settings;
  }

  @Override
  public double[] state() {
    double[] both = Arrays.copyOf(firstMoment, 2 * firstMoment.length);
    System.arraycopy(secondMoment, 0, both, firstMoment.length, secondMoment.length);
    return both;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void write(DataOutput out, double[] parameters) throws IOException {
    out.writeDouble(settings.beta1());
    out.writeDouble(settings.beta2());
    out.writeDouble(settings.epsilon());
    out.writeLong(steps);
    Optimizer.writeAll(out, parameters);
    Optimizer.writeAll(out, firstMoment);
    Optimizer.writeAll(out, secondMoment);
  }
}
