package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.BlockStep;
import org.grpo4j.policy.GradientClipping;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.NonFinite;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.GradientSum;

/**
 * The network of a policy or a critic: parameters and optimiser. The gradient reaches it from
 * outside: an {@link Engine} computes it.
 */
abstract class TrainableNetwork {

  private final NetworkKind kind;
  private final Engine engine;
  private final GradientSum gradientSum;
  private final List<ParameterMatrix> matrices;
  private final List<ParameterBlock> blocks;
  private final Optional<ExpertBalance> balance;
  private BitSet frozen = new BitSet();
  private long version;
  private long parameterState;

  /**
   * @param parameters the flat vector as it is
   */
  TrainableNetwork(
      NetworkKind kind,
      Engine engine,
      List<ParameterMatrix> matrices,
      double[] parameters,
      long version) {
    this.kind = kind;
    this.engine = engine;
    this.gradientSum = new GradientSum(parameters.length);
    this.version = version;
    this.matrices = matrices;
    this.blocks = matrices.stream().map(ParameterMatrix::block).toList();
    this.balance = kind.shape().experts().map(experts -> new ExpertBalance(experts, blocks));
    engine.load(parameters);
  }

  /** A copy of the flat parameter vector. */
  abstract double[] values();

  /** Overwrites the parameters, rounded to the network's precision. */
  abstract void write(double[] values);

  /** Moves the parameters by one step of the optimiser against {@code factor * gradients}. */
  abstract void step(double[] gradients, double factor, double learningRate);

  abstract void resetOptimizer(OptimizerSettings settings);

  abstract void save(Path directory) throws IOException;

  /** Another network of this sort, with first parameters drawn from {@code seed}. */
  abstract TrainableNetwork fresh(NetworkKind other, long seed, long itsVersion, Workers workers);

  /** The same trunk under a head with so many outputs, drawn from {@code seed}. */
  TrainableNetwork withOutputs(int outputs, long seed, long itsVersion, Workers workers) {
    TrainableNetwork other = fresh(kind.withOutputs(outputs), seed, itsVersion, workers);
    double[] copied = other.values();
    HeadTransfer.copy(kind, values(), other.kind(), copied);
    other.setParameters(DoubleVector.of(copied));
    return other;
  }

  NetworkKind kind() {
    return kind;
  }

  Engine engine() {
    return engine;
  }

  /** The balance of the experts; empty if there are none. */
  Optional<ExpertBalance> balance() {
    return balance;
  }

  GradientSum gradientSum() {
    return gradientSum;
  }

  /** Optimiser steps since the first parameters. */
  long version() {
    return version;
  }

  /** Counts changes of the parameters, whatever caused them. */
  long parameterState() {
    return parameterState;
  }

  /** Clips the accumulated gradient, takes a step unless it leads off the finite, clears it. */
  GradientStep applyGradient(double learningRate, double maxGradientNorm) {
    frozen.stream().forEach(i -> gradientSum.values()[i] = 0);
    GradientClipping clipping = GradientClipping.of(gradientSum.values(), maxGradientNorm);
    double[] before = values();
    double[] after = before;
    Optional<NonFinite> fault = clipping.fault(blocks, before, gradientSum.values());
    if (fault.isEmpty()) {
      step(gradientSum.values(), clipping.factor(), learningRate);
      balance.ifPresent(this::balanceExperts);
      double[] moved = values();
      fault = NonFinite.first("parameter", blocks, before, moved);
      if (fault.isPresent()) {
        write(before);
      } else {
        version++;
        after = moved;
        parametersChanged(after);
      }
    }
    List<BlockStep> steps = BlockStep.of(blocks, gradientSum.values(), before, after);
    gradientSum.clear();
    balance.ifPresent(ExpertBalance::clear);
    return new GradientStep(clipping.norm(), clipping.factor(), version, steps, fault);
  }

  private void balanceExperts(ExpertBalance some) {
    double[] moved = values();
    some.step(moved, frozen);
    write(moved);
  }

  private void parametersChanged(double[] values) {
    parameterState++;
    engine.load(values);
  }

  void freeze(BitSet some) {
    frozen = (BitSet) some.clone();
  }

  int parameterCount() {
    return gradientSum.values().length;
  }

  int activeParameterCount() {
    return parameterCount() - kind.shape().idleParameters();
  }

  List<ParameterBlock> parameterBlocks() {
    return blocks;
  }

  List<ParameterMatrix> parameterMatrices() {
    return matrices;
  }

  DoubleVector parameters() {
    return DoubleVector.of(values());
  }

  void setParameters(DoubleVector parameters) {
    requireSize(parameters);
    write(parameters.toArray());
    parametersChanged(values());
  }

  /** These numbers in the network's precision. */
  double[] rounded(DoubleVector parameters) {
    requireSize(parameters);
    return kind.precision().round(parameters.toArray());
  }

  private void requireSize(DoubleVector parameters) {
    if (parameters.size() != parameterCount()) {
      throw new IllegalArgumentException(
          "parameters: must be " + parameterCount() + " numbers, got " + parameters.size());
    }
  }

  /** One line for a log. */
  String describe(int workers) {
    return kind.describe()
        + ", "
        + parameterCount()
        + " parameters"
        + (kind.shape().experts().isEmpty() ? "" : " (" + activeParameterCount() + " active)")
        + ", "
        + workers
        + (workers == 1 ? " worker" : " workers");
  }
}
