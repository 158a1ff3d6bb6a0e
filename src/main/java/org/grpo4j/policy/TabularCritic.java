package org.grpo4j.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * The simplest critic: one number for each context of a {@link TabularPolicy}, all 0 at first. Its
 * gradient is {@code dL/dV} added up per context, so it can be checked by hand.
 */
public final class TabularCritic implements Critic {

  private final PrefixIndex index;
  private final TabularParameters parameters;

  TabularCritic(TabularParameters parameters) {
    this.index = parameters.index;
    this.parameters = parameters;
  }

  /**
   * The critic that expects 0 everywhere.
   *
   * @param vocabularySize number of symbols {@code V}
   * @param maxNewTokens most tokens of a completion {@code T}
   * @param prompts the prompts, of equal length
   */
  public static TabularCritic zero(
      int vocabularySize, int maxNewTokens, List<TokenSequence> prompts, AdamSettings adam) {
    PrefixIndex index = new PrefixIndex(vocabularySize, maxNewTokens, prompts);
    double[] values = new double[index.contexts()];
    AdamOptimizer optimizer = new AdamOptimizer(adam, values.length);
    return new TabularCritic(new TabularParameters(index, values, optimizer, 0));
  }

  /** The critic that expects 0 everywhere that {@code policy} can be. */
  public static TabularCritic of(TabularPolicy policy, AdamSettings adam) {
    PrefixIndex index = policy.index();
    return zero(index.vocabularySize(), index.maxNewTokens(), index.prompts(), adam);
  }

  /** Reads what {@link #save} wrote, to the same bits. */
  public static TabularCritic load(Path directory) throws IOException {
    try (InputStream file = TabularPolicyFile.open(directory)) {
      return read(file);
    }
  }

  /** Reads what {@link #write} wrote, to the same bits. */
  public static TabularCritic read(InputStream file) throws IOException {
    return TabularPolicyFile.readCritic(file);
  }

  /** Writes what {@link #save} writes. */
  public void write(OutputStream file) throws IOException {
    TabularPolicyFile.write(file, parameters);
  }

  /** The values of all contexts, prompt after prompt. */
  public DoubleVector parameters() {
    return DoubleVector.of(parameters.values);
  }

  /** The gradient accumulated since the last step, not clipped. */
  public DoubleVector gradient() {
    return DoubleVector.of(parameters.gradient);
  }

  @Override
  public TokenTable values(List<Sequence> rows) {
    double[][] values = new double[rows.size()][];
    for (int i = 0; i < values.length; i++) {
      int[] contexts = index.contexts(rows.get(i));
      values[i] = new double[contexts.length];
      for (int t = 0; t < contexts.length; t++) {
        values[i][t] = parameters.values[contexts[t]];
      }
    }
    return TokenTable.of(values);
  }

  @Override
  public ValuePass forward(List<Sequence> rows, ForwardPass policyPass) {
    return new Pass(rows, values(rows));
  }

  @Override
  public Optional<GradientStep> applyGradient(double learningRate, double maxGradientNorm) {
    List<ParameterBlock> blocks = List.of(new ParameterBlock("values", 0, parameterCount()));
    return Optional.of(parameters.applyGradient(blocks, learningRate, maxGradientNorm));
  }

  @Override
  public void resetOptimizer(AdamSettings settings) {
    parameters.resetOptimizer(settings);
  }

  @Override
  public int parameterCount() {
    return parameters.values.length;
  }

  @Override
  public void save(Path directory) throws IOException {
    TabularPolicyFile.write(directory, parameters);
  }

  @Override
  public String describe() {
    return "table of values: " + parameterCount() + " parameters, double";
  }

  @Override
  public void close() {}

  private final class Pass implements ValuePass {

    private final List<Sequence> rows;
    private final TokenTable values;

    Pass(List<Sequence> rows, TokenTable values) {
      this.rows = List.copyOf(rows);
      this.values = values;
    }

    @Override
    public TokenTable values() {
      return values;
    }

    @Override
    public void backward(TokenTable lossByValue) {
      Require.that(lossByValue.sameShape(values), "lossByValue: must have one number per token");
      for (int i = 0; i < rows.size(); i++) {
        int[] contexts = index.contexts(rows.get(i));
        for (int t = 0; t < contexts.length; t++) {
          parameters.gradient[contexts[t]] += lossByValue.get(i, t);
        }
      }
    }

    @Override
    public void close() {}
  }
}
