package org.grpo4j.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.config.Settings;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.Require;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.TokenSequence;

/** The policy's architecture. Vocabulary and context length follow from the task. */
public sealed interface ModelConfig {

  /**
   * A new policy for {@code task}.
   *
   * @param streams the parameters are drawn from its purpose {@code PARAMETERS}
   * @throws IllegalArgumentException if this model cannot do the task
   */
  Policy create(TaskSource task, RandomStreams streams, Workers workers);

  /**
   * Reads back what {@link Policy#save} of such a policy wrote, to the same bits.
   *
   * @throws IOException if it cannot be read
   */
  default Policy restore(Path directory, Workers workers) throws IOException {
    return NetworkPolicies.restore(directory, workers);
  }

  /** Weights that every token is multiplied with, to estimate floating-point operations. */
  long matrixWeights(TaskSource task);

  /** Whether a router chooses experts for each token. */
  default boolean hasExperts() {
    return false;
  }

  /** Parameters beside them that a token does not meet: those of experts not chosen for it. */
  default long idleParameters() {
    return 0;
  }

  @Kind(
      value = "transformer",
      description =
          "A small GPT: pre-layer-norm blocks of causal multi-head attention and a ReLU"
              + " feed-forward part.")
  record Transformer(
      @Setting(
              value = "Residual width d.",
              byDefault = "48",
              range = "[1, 1024]",
              unit = "features")
          int width,
      @Setting(value = "Number of transformer blocks.", byDefault = "1", range = "[1, 24]")
          int layers,
      @Setting(
              value = "Attention heads; must divide the width.",
              byDefault = "4",
              range = "[1, 64]")
          int heads,
      @Setting(
              value = "Hidden width of the feed-forward part; experts have widths of their own.",
              byDefault = "192",
              range = "[1, 4096]",
              unit = "features")
          int feedForward,
      @Setting(
              value =
                  "The fast kernels; kernels in plain Java, with the same bits on every machine; or"
                      + " the readable reference in float or double.",
              byDefault = "fast-float")
          Precision precision,
      @Setting(
              value = "A mixture of experts in place of the feed-forward part.",
              byDefault = "none",
              added = true)
          Optional<Experts> experts)
      implements ModelConfig {

    public Transformer {
      Require.that(width % heads == 0, "heads: must divide the width " + width + ", got " + heads);
    }

    @Override
    public Policy create(TaskSource task, RandomStreams streams, Workers workers) {
      TransformerShape shape =
          new TransformerShape(
              task.vocabulary().size(),
              task.promptLength() + task.maxNewTokens(),
              width,
              layers,
              heads,
              experts.map(Experts::shared).orElse(feedForward),
              experts);
      return NetworkPolicies.transformer(shape, precision, streams.runSeed(), workers);
    }

    @Override
    public long matrixWeights(TaskSource task) {
      long routed = experts.map(e -> e.active() * 2L * e.width() + e.count()).orElse(0L);
      long units = 2L * experts.map(Experts::shared).orElse(feedForward);
      long block = width * (4L * width + units + routed);
      return layers * block + (long) width * task.vocabulary().size();
    }

    @Override
    public boolean hasExperts() {
      return experts.isPresent();
    }

    @Override
    public long idleParameters() {
      return (long) layers * experts.map(e -> e.idleParameters(width)).orElse(0);
    }
  }

  @Kind(value = "lstm", description = "A recurrent network of DL4J's own LSTM layer.")
  record Lstm(
      @Setting(
              value = "Embedding and hidden width.",
              byDefault = "64",
              range = "[1, 1024]",
              unit = "features")
          int width,
      @Setting(value = "Computed in float or double.", byDefault = "reference-float")
          Precision precision)
      implements ModelConfig {

    private static final int GATES = 4;

    public Lstm {
      Require.that(
          !precision.usesKernels(),
          "precision: must be reference-float or reference-double for an LSTM, got "
              + Settings.constant(precision));
    }

    @Override
    public Policy create(TaskSource task, RandomStreams streams, Workers workers) {
      return NetworkPolicies.lstm(
          task.vocabulary().size(),
          task.promptLength() + task.maxNewTokens(),
          width,
          precision,
          streams.runSeed(),
          workers);
    }

    @Override
    public long matrixWeights(TaskSource task) {
      return 2L * GATES * width * width + (long) width * task.vocabulary().size();
    }
  }

  /** A soft-max table: one row of logits for every prompt and every beginning of a completion. */
  @Kind(
      value = "table",
      description =
          "A soft-max table without a network, for tasks with few and short completions: all of"
              + " them can be listed.")
  record Table(
      @Setting(
              value = "Standard deviation of the first logits.",
              byDefault = "0",
              range = "[0, 10]")
          double initialDeviation)
      implements ModelConfig {

    @Override
    public Policy create(TaskSource task, RandomStreams streams, Workers workers) {
      List<TokenSequence> prompts =
          Stream.concat(task.trainingProblems().stream(), task.heldOutProblems().stream())
              .map(problem -> task.vocabulary().encode(problem.prompt()))
              .toList();
      return TabularPolicy.random(
          task.vocabulary().size(),
          task.maxNewTokens(),
          prompts,
          new AdamSettings(0.9, 0.95, 1e-8),
          initialDeviation,
          streams);
    }

    @Override
    public Policy restore(Path directory, Workers workers) throws IOException {
      return TabularPolicy.load(directory);
    }

    /** Looking up a row multiplies nothing. */
    @Override
    public long matrixWeights(TaskSource task) {
      return 0;
    }
  }
}
