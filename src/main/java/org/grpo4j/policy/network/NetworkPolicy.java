package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.OptimizerSettings;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.ParameterMatrix;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.PolicySnapshot;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Engine;
import org.grpo4j.policy.network.engine.GradientSum;
import org.grpo4j.rollout.Sequence;

/** A policy whose logits come from a {@link TrainableNetwork}. */
final class NetworkPolicy implements Policy {

  private final TrainableNetwork trainable;
  private final NetworkModel model;

  NetworkPolicy(TrainableNetwork trainable, Workers workers) {
    this.trainable = trainable;
    this.model = new NetworkModel(trainable.engine(), workers, trainable.kind());
  }

  /**
   * {@code policy} as one of this package.
   *
   * @throws IllegalArgumentException if it is none
   */
  static NetworkPolicy of(Policy policy) {
    if (policy instanceof NetworkPolicy network) {
      return network;
    }
    throw new IllegalArgumentException("policy: must be a network, got " + policy.describe());
  }

  NetworkKind kind() {
    return trainable.kind();
  }

  TrainableNetwork trainable() {
    return trainable;
  }

  @Override
  public NetworkModel model() {
    return model;
  }

  GradientSum gradientSum() {
    return trainable.gradientSum();
  }

  /** Counts changes of the parameters, whatever caused them. */
  long parameterState() {
    return trainable.parameterState();
  }

  @Override
  public long version() {
    return trainable.version();
  }

  @Override
  public NetworkForwardPass forward(List<Sequence> rows, double temperature) {
    return new NetworkForwardPass(this, model.forward(rows, temperature, Optional.empty(), true));
  }

  @Override
  public ForwardPass forward(List<Sequence> rows, double temperature, Routing given) {
    if (kind().shape().experts().isEmpty()) {
      return Policy.super.forward(rows, temperature, given);
    }
    return new NetworkForwardPass(this, model.forward(rows, temperature, Optional.of(given), true));
  }

  /** Takes part in keeping experts evenly loaded, once for each pass that goes back. */
  void balance(List<NetworkModel.Part> parts) {
    trainable.balance().ifPresent(balance -> balance.add(parts));
  }

  @Override
  public GradientStep applyGradient(double learningRate, double maxGradientNorm) {
    return trainable.applyGradient(learningRate, maxGradientNorm);
  }

  @Override
  public void resetOptimizer(OptimizerSettings settings) {
    trainable.resetOptimizer(settings);
  }

  @Override
  public void freeze(BitSet frozen) {
    trainable.freeze(frozen);
  }

  @Override
  public PolicySnapshot snapshot() {
    return snapshot(model.engine().copy(), version(), parameters());
  }

  @Override
  public PolicySnapshot snapshot(DoubleVector parameters, long version) {
    double[] values = trainable.rounded(parameters);
    Engine engine = model.engine().copy();
    engine.load(values);
    return snapshot(engine, version, DoubleVector.of(values));
  }

  private PolicySnapshot snapshot(Engine engine, long version, DoubleVector parameters) {
    NetworkModel frozen = new NetworkModel(engine, model.workers(), kind());
    return new PolicySnapshot(frozen, version, parameters);
  }

  @Override
  public int parameterCount() {
    return trainable.parameterCount();
  }

  @Override
  public int activeParameterCount() {
    return trainable.activeParameterCount();
  }

  @Override
  public List<ParameterBlock> parameterBlocks() {
    return trainable.parameterBlocks();
  }

  @Override
  public List<ParameterMatrix> parameterMatrices() {
    return trainable.parameterMatrices();
  }

  @Override
  public DoubleVector parameters() {
    return trainable.parameters();
  }

  @Override
  public void setParameters(DoubleVector parameters) {
    trainable.setParameters(parameters);
  }

  @Override
  public DoubleVector gradient() {
    return DoubleVector.of(gradientSum().values());
  }

  @Override
  public void save(Path directory) throws IOException {
    trainable.save(directory);
  }

  @Override
  public String describe() {
    return trainable.describe(model.workers().count());
  }

  @Override
  public String toString() {
    return describe();
  }

  @Override
  public void close() {}
}
