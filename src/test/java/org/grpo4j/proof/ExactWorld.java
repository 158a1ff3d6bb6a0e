package org.grpo4j.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * Some prompts, every completion of each with its probability and reward, and the derivative of
 * every log-probability by every parameter. With all of it at hand, an expectation is a sum.
 */
public final class ExactWorld {

  /**
   * One completion of one prompt.
   *
   * @param number its place among all rows of its world
   * @param scores {@code dlog pi(o_t)/dtheta} for each token, {@code [T]} vectors of the length of
   *     the parameters
   */
  public record Row(
      int number,
      int prompt,
      Sequence sequence,
      double probability,
      double reward,
      DoubleVector logProbs,
      List<DoubleVector> scores) {}

  private final TabularPolicy policy;
  private final List<TokenSequence> prompts;
  private final double temperature;
  private final List<Row> rows = new ArrayList<>();
  private final List<Double> greedyRewards = new ArrayList<>();

  /** Lists everything. The policy's parameters stay as they are. */
  public ExactWorld(
      TabularPolicy policy,
      List<TokenSequence> prompts,
      double temperature,
      ToDoubleBiFunction<TokenSequence, TokenSequence> reward) {
    this.policy = policy;
    this.prompts = List.copyOf(prompts);
    this.temperature = temperature;
    for (int p = 0; p < prompts.size(); p++) {
      for (EnumeratedCompletion completion : policy.enumerate(prompts.get(p), temperature)) {
        Sequence sequence = new Sequence(prompts.get(p), completion.tokens());
        rows.add(
            new Row(
                rows.size(),
                p,
                sequence,
                completion.probability(),
                reward.applyAsDouble(prompts.get(p), completion.tokens()),
                policy.logProbs(List.of(sequence), temperature).table().row(0),
                scores(sequence)));
      }
      greedyRewards.add(findGreedyReward(p));
    }
  }

  private List<DoubleVector> scores(Sequence sequence) {
    List<DoubleVector> scores = new ArrayList<>();
    try (ForwardPass forward = policy.forward(List.of(sequence), temperature)) {
      for (int t = 0; t < sequence.completion().length(); t++) {
        double[] coefficients = new double[sequence.completion().length()];
        coefficients[t] = 1;
        double[] before = policy.gradient().toArray();
        forward.backward(TokenTable.of(new double[][] {coefficients}));
        double[] score = policy.gradient().toArray();
        for (int k = 0; k < score.length; k++) {
          score[k] -= before[k];
        }
        scores.add(DoubleVector.of(score));
        // Clears the gradient; a learning rate of 0 moves nothing.
        policy.applyGradient(0, Double.POSITIVE_INFINITY);
      }
    }
    return scores;
  }

  public TabularPolicy policy() {
    return policy;
  }

  public double temperature() {
    return temperature;
  }

  public int prompts() {
    return prompts.size();
  }

  public int parameters() {
    return policy.parameterCount();
  }

  /** Every completion of every prompt, prompt by prompt. */
  public List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Every completion of one prompt. */
  public List<Row> rows(int prompt) {
    return rows.stream().filter(row -> row.prompt() == prompt).toList();
  }

  /** Expected reward of one prompt. */
  public double expectedReward(int prompt) {
    double expected = 0;
    for (Row row : rows(prompt)) {
      expected += row.probability() * row.reward();
    }
    return expected;
  }

  /**
   * The gradient of the expected reward, the mean over the prompts: {@code sum_y p(y) r(y) dlog
   * p(y)}.
   */
  public double[] gradientOfExpectedReward() {
    double[] gradient = new double[parameters()];
    for (Row row : rows) {
      for (DoubleVector score : row.scores()) {
        Vectors.add(gradient, row.probability() * row.reward() / prompts(), score);
      }
    }
    return gradient;
  }

  /** The reward of the completion that greedy decoding gives. */
  public double greedyReward(int prompt) {
    return greedyRewards.get(prompt);
  }

  private double findGreedyReward(int prompt) {
    List<Row> candidates = new ArrayList<>(rows(prompt));
    for (int t = 0; candidates.size() > 1; t++) {
      double best = Double.NEGATIVE_INFINITY;
      int bestToken = -1;
      for (Row row : candidates) {
        if (row.logProbs().get(t) > best) {
          best = row.logProbs().get(t);
          bestToken = row.sequence().completion().get(t);
        }
      }
      int at = t;
      int token = bestToken;
      candidates.removeIf(row -> row.sequence().completion().get(at) != token);
    }
    return candidates.get(0).reward();
  }

  /** The expected reward given the first {@code length} tokens of {@code row}. */
  public double valueOfPrefix(Row row, int length) {
    double mass = 0;
    double reward = 0;
    for (Row other : rows(row.prompt())) {
      if (startsAlike(row.sequence().completion(), other.sequence().completion(), length)) {
        mass += other.probability();
        reward += other.probability() * other.reward();
      }
    }
    return reward / mass;
  }

  static boolean startsAlike(TokenSequence one, TokenSequence other, int length) {
    if (one.length() < length || other.length() < length) {
      return false;
    }
    for (int t = 0; t < length; t++) {
      if (one.get(t) != other.get(t)) {
        return false;
      }
    }
    return true;
  }
}
