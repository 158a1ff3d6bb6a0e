package org.grpo4j.policy.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.ValuePass;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.TokenChecks;
import org.grpo4j.rollout.Sequence;

/** A critic whose values are the single output of a {@link TrainableNetwork}. */
final class NetworkCritic implements Critic {

  private final TrainableNetwork trainable;
  private final Workers workers;

  NetworkCritic(TrainableNetwork trainable, Workers workers) {
    Require.that(
        trainable.kind().isCritic(), "outputs: a critic has 1, got " + trainable.kind().outputs());
    this.trainable = trainable;
    this.workers = workers;
  }

  TrainableNetwork trainable() {
    return trainable;
  }

  Workers workers() {
    return workers;
  }

  @Override
  public TokenTable values(List<Sequence> rows) {
    List<ValueMicroBatch> parts = goForward(rows);
    TokenTable values = ValueMicroBatch.values(parts);
    parts.forEach(part -> part.pass().release());
    return values;
  }

  @Override
  public ValuePass forward(List<Sequence> rows, ForwardPass policyPass) {
    return new NetworkValuePass(this, goForward(rows));
  }

  private List<ValueMicroBatch> goForward(List<Sequence> rows) {
    TokenChecks.requireRows(
        rows, trainable.kind().vocabularySize(), trainable.kind().contextLength());
    List<MicroBatches.Range> ranges = MicroBatches.of(rows);
    List<ValueMicroBatch> parts = new ArrayList<>();
    parts.addAll(
        workers.mapOrdered(
            ranges.size(),
            i -> {
              MicroBatches.Range range = ranges.get(i);
              List<Sequence> part = rows.subList(range.from(), range.to());
              return ValueMicroBatch.of(
                  range, trainable.engine().forward(part, Optional.empty()), part, 0);
            }));
    return parts;
  }

  @Override
  public Optional<GradientStep> applyGradient(double learningRate, double maxGradientNorm) {
    return Optional.of(trainable.applyGradient(learningRate, maxGradientNorm));
  }

  @Override
  public void resetOptimizer(AdamSettings settings) {
    trainable.resetOptimizer(settings);
  }

  @Override
  public int parameterCount() {
    return trainable.parameterCount();
  }

  @Override
  public void save(Path directory) throws IOException {
    trainable.save(directory);
  }

  @Override
  public String describe() {
    return trainable.describe(workers.count());
  }

  @Override
  public void close() {}
}
