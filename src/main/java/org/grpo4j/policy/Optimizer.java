package org.grpo4j.policy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** An optimiser in plain Java. */
public sealed interface Optimizer permits AdamOptimizer, SgdOptimizer {

  /** One that has taken no step. */
  static Optimizer fresh(OptimizerSettings settings, int parameters) {
    return of(settings, parameters, new double[settings.numbersPerParameter() * parameters], 0);
  }

  /**
   * One in the middle of its work.
   *
   * @param state what {@link #state} gave
   */
  static Optimizer of(OptimizerSettings settings, int parameters, double[] state, long steps) {
    double[] first = Arrays.copyOf(state, parameters); // a velocity of 0 where there is none
    return settings instanceof SgdSettings sgd
        ? new SgdOptimizer(sgd, first)
        : new AdamOptimizer(
            (AdamSettings) settings,
            first,
            Arrays.copyOfRange(state, parameters, 2 * parameters),
            steps);
  }

  /** Moves {@code parameters} one step against {@code gradient}. */
  void step(double[] parameters, double[] gradient, double learningRate);

  /** Its settings; {@link #read} has to be told of which sort. */
  OptimizerSettings settings();

  /**
   * A copy of what it keeps between steps, {@link OptimizerSettings#numbersPerParameter} numbers a
   * parameter: of Adam all first moments, then all second ones; else the velocity, if it has one.
   */
  double[] state();

  /** Steps taken; Adam alone counts them. */
  long steps();

  /**
   * Writes all numbers: for Adam {@code beta1, beta2, epsilon} and the steps taken (a long), the
   * parameters, first and second moments; else the momentum, the parameters, the velocity.
   */
  void write(DataOutput out, double[] parameters) throws IOException;

  /**
   * Reads what {@link #write} wrote.
   *
   * @param parameters where the parameters are written
   */
  static Optimizer read(DataInput in, boolean sgd, double[] parameters) throws IOException {
    if (sgd) {
      SgdSettings settings = new SgdSettings(in.readDouble());
      readAll(in, parameters);
      return new SgdOptimizer(settings, readAll(in, new double[parameters.length]));
    }
    AdamSettings settings = new AdamSettings(in.readDouble(), in.readDouble(), in.readDouble());
    long steps = in.readLong();
    readAll(in, parameters);
    double[] firstMoment = readAll(in, new double[parameters.length]);
    double[] secondMoment = readAll(in, new double[parameters.length]);
    return new AdamOptimizer(settings, firstMoment, secondMoment, steps);
  }

  private static double[] readAll(DataInput in, double[] into) throws IOException {
    for (int i = 0; i < into.length; i++) {
      into[i] = in.readDouble();
    }
    return into;
  }

  /** Writes numbers one after the other. */
  static void writeAll(DataOutput out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }
}
