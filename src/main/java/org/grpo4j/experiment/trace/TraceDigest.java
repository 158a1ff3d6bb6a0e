package org.grpo4j.experiment.trace;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.train.UpdateTrace;

/**
 * The hash of every bit of an update, in the order in which it was computed: two updates with equal
 * digests are the same update. All rows are in it, whether the trace keeps them or not.
 *
 * @param rollout tokens and sampler log-probabilities
 * @param rewards scores and their parts
 * @param advantages of every token
 * @param steps of every optimiser step: log-probabilities, coefficients, loss, gradient norm
 * @param parameters the policy's parameters after the update
 */
public record TraceDigest(
    String rollout, String rewards, String advantages, String steps, String parameters) {

  /**
   * The digest of an update.
   *
   * @param parameters of the policy after it
   */
  public static TraceDigest of(UpdateTrace trace, DoubleVector parameters) {
    return new TraceDigest(
        rollout(trace), rewards(trace), advantages(trace), steps(trace), hash(parameters));
  }

  /** The names of the parts that differ, in the order of computation: the first is the cause. */
  public List<String> differences(TraceDigest other) {
    List<String> differing = new ArrayList<>();
    addIfDifferent(differing, "rollout", rollout, other.rollout);
    addIfDifferent(differing, "rewards", rewards, other.rewards);
    addIfDifferent(differing, "advantages", advantages, other.advantages);
    addIfDifferent(differing, "steps", steps, other.steps);
    addIfDifferent(differing, "parameters", parameters, other.parameters);
    return differing;
  }

  private static void addIfDifferent(List<String> names, String name, String one, String other) {
    if (!one.equals(other)) {
      names.add(name);
    }
  }

  private static String rollout(UpdateTrace trace) {
    Hash hash = new Hash();
    hash.add(trace.oldVersion());
    trace.rollout().groups().forEach(group -> hash.add(group.prompt()));
    for (Completion completion : trace.rollout().completions()) {
      hash.add(completion.tokens());
      hash.add(completion.samplerLogProbs());
    }
    return hash.text();
  }

  private static String rewards(UpdateTrace trace) {
    Hash hash = new Hash();
    for (Reward reward : trace.rewards()) {
      hash.add(reward.total());
      for (Reward.Part part : reward.parts()) {
        hash.add(part.value());
        hash.add(part.weight());
      }
    }
    return hash.text();
  }

  private static String advantages(UpdateTrace trace) {
    Hash hash = new Hash();
    hash.add(trace.advantages().perToken());
    trace.advantages().returns().ifPresent(hash::add);
    return hash.text();
  }

  private static String steps(UpdateTrace trace) {
    Hash hash = new Hash();
    trace.reference().ifPresent(reference -> hash.add(reference.logProbs()));
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      step.rows().forEach(row -> hash.add((long) row));
      hash.add(step.objective().inputs().logProbs());
      hash.add(step.objective().lossByLogProb());
      hash.add(step.objective().lossByEntropy());
      hash.add(step.objective().loss());
      step.value().ifPresent(value -> hash.add(value.loss().loss()));
      hash.add(step.learningRate());
      hash.add(step.gradient().gradientNorm());
      hash.add(step.gradient().version());
    }
    return hash.text();
  }

  private static String hash(DoubleVector values) {
    Hash hash = new Hash();
    hash.add(values);
    return hash.text();
  }

  /** SHA-256 of bits, each vector with its length before it. */
  private static final class Hash {

    private static final int BUFFER = 1 << 13;

    private final MessageDigest digest = AtomicFiles.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    void add(long value) {
      if (buffer.remaining() < Long.BYTES) {
        empty();
      }
      buffer.putLong(value);
    }

    private void empty() {
      digest.update(buffer.array(), 0, buffer.position());
      buffer.clear();
    }

    void add(double value) {
      add(Double.doubleToLongBits(value));
    }

    void add(DoubleVector values) {
      add((long) values.size());
      for (int i = 0; i < values.size(); i++) {
        add(values.get(i));
      }
    }

    void add(TokenTable table) {
      add((long) table.rows());
      for (int i = 0; i < table.rows(); i++) {
        add(table.row(i));
      }
    }

    void add(TokenSequence tokens) {
      add((long) tokens.length());
      for (int t = 0; t < tokens.length(); t++) {
        add((long) tokens.get(t));
      }
    }

    String text() {
      empty();
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
