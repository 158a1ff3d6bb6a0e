package org.grpo4j.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.NormalDeviates;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.math.Require;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * A policy without a network: one row of logits for every prompt and every prefix of a completion.
 * It is a full autoregressive policy, any distribution over completions can be written into it, and
 * it is small enough that all completions can be listed with their probabilities ({@link
 * #enumerate}). So what the estimators of reinforcement learning estimate can be computed exactly.
 *
 * <p>Everything is in double and in plain Java: the gradient in closed form (Eq. 8 and 9), clipping
 * (Eq. 10) and Adam (Eq. 11) or {@link SgdSettings}. It uses one thread. The table grows with
 * {@code V^T}; use it with tasks of two or three tokens or with a small vocabulary.
 */
public final class TabularPolicy implements Policy {

  private final PrefixIndex index;
  private final TabularParameters parameters;
  private final SoftmaxTable table;

  TabularPolicy(TabularParameters parameters) {
    this.index = parameters.index;
    this.parameters = parameters;
    this.table = new SoftmaxTable(index, parameters.values);
  }

  /**
   * The table in which every symbol is equally likely everywhere.
   *
   * @param vocabularySize number of symbols {@code V}; 0 is padding, 1 the end token
   * @param maxNewTokens most tokens of a completion {@code T}
   * @param prompts the prompts it can be asked, of equal length
   */
  public static TabularPolicy uniform(
      int vocabularySize, int maxNewTokens, List<TokenSequence> prompts, AdamSettings adam) {
    PrefixIndex index = new PrefixIndex(vocabularySize, maxNewTokens, prompts);
    double[] logits = new double[index.parameters()];
    AdamOptimizer optimizer = new AdamOptimizer(adam, logits.length);
    return new TabularPolicy(new TabularParameters(index, logits, optimizer, 0));
  }

  /**
   * The table with normally distributed logits.
   *
   * @param standardDeviation of the logits, at least 0
   * @param streams the logits are drawn from {@link Purpose#PARAMETERS}
   */
  public static TabularPolicy random(
      int vocabularySize,
      int maxNewTokens,
      List<TokenSequence> prompts,
      AdamSettings adam,
      double standardDeviation,
      RandomStreams streams) {
    Require.that(standardDeviation >= 0, "standardDeviation", "at least 0", standardDeviation);
    TabularPolicy policy = uniform(vocabularySize, maxNewTokens, prompts, adam);
    SplittableRandom random = streams.stream(Purpose.PARAMETERS);
    double[] logits = policy.parameters.values;
    for (int i = 0; i < logits.length && standardDeviation > 0; i++) {
      logits[i] = standardDeviation * NormalDeviates.next(random);
    }
    return policy;
  }

  /** Reads what {@link #save} wrote, to the same bits. */
  public static TabularPolicy load(Path directory) throws IOException {
    try (InputStream file = TabularPolicyFile.open(directory)) {
      return read(file);
    }
  }

  /** Reads what {@link #write} wrote, to the same bits. */
  public static TabularPolicy read(InputStream file) throws IOException {
    return TabularPolicyFile.read(file);
  }

  /** Writes what {@link #save} writes. */
  public void write(OutputStream file) throws IOException {
    TabularPolicyFile.write(file, parameters);
  }

  /**
   * Every completion of {@code prompt} with its probability: those that end with the end token and
   * those of full length without it. The probabilities sum to 1.
   */
  public List<EnumeratedCompletion> enumerate(TokenSequence prompt, double temperature) {
    return table.enumerate(prompt, temperature);
  }

  PrefixIndex index() {
    return index;
  }

  @Override
  public TokenModel model() {
    return table;
  }

  @Override
  public long version() {
    return parameters.version();
  }

  @Override
  public ForwardPass forward(List<Sequence> rows, double temperature) {
    return new TabularForwardPass(table, rows, temperature, parameters.gradient);
  }

  @Override
  public GradientStep applyGradient(double learningRate, double maxGradientNorm) {
    return parameters.applyGradient(parameterBlocks(), learningRate, maxGradientNorm);
  }

  @Override
  public void resetOptimizer(OptimizerSettings settings) {
    parameters.resetOptimizer(settings);
  }

  @Override
  public void freeze(BitSet frozen) {
    parameters.freeze(frozen);
  }

  @Override
  public PolicySnapshot snapshot() {
    return snapshot(parameters(), version());
  }

  @Override
  public PolicySnapshot snapshot(DoubleVector values, long stampedVersion) {
    requireSize(values);
    return new PolicySnapshot(new SoftmaxTable(index, values.toArray()), stampedVersion, values);
  }

  @Override
  public int parameterCount() {
    return parameters.values.length;
  }

  /** One block for each prompt. */
  @Override
  public List<ParameterBlock> parameterBlocks() {
    int size = index.contextsPerPrompt() * index.vocabularySize();
    List<ParameterBlock> blocks = new ArrayList<>();
    for (int p = 0; p < index.prompts().size(); p++) {
      blocks.add(new ParameterBlock("prompt" + p + ".logits", p * size, size));
    }
    return blocks;
  }

  /** A row for each context. */
  @Override
  public List<ParameterMatrix> parameterMatrices() {
    return parameterBlocks().stream()
        .map(block -> new ParameterMatrix(block, index.vocabularySize()))
        .toList();
  }

  @Override
  public DoubleVector parameters() {
    return DoubleVector.of(parameters.values);
  }

  @Override
  public void setParameters(DoubleVector values) {
    requireSize(values);
    System.arraycopy(values.toArray(), 0, parameters.values, 0, values.size());
  }

  private void requireSize(DoubleVector values) {
    Require.that(
        values.size() == parameterCount(),
        "parameters",
        parameterCount() + " numbers",
        values.size());
  }

  @Override
  public DoubleVector gradient() {
    return DoubleVector.of(parameters.gradient);
  }

  @Override
  public void save(Path directory) throws IOException {
    TabularPolicyFile.write(directory, parameters);
  }

  @Override
  public String describe() {
    return "soft-max table: "
        + index.prompts().size()
        + " prompts x "
        + index.contextsPerPrompt()
        + " prefixes x "
        + index.vocabularySize()
        + " symbols = "
        + parameterCount()
        + " parameters, double, 1 worker";
  }

  @Override
  public String toString() {
    return describe();
  }

  @Override
  public void close() {}
}
