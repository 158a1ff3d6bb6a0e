package org.grpo4j.policy.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/** Small networks and random rows for the tests. */
public final class NetworkFixtures {

  static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);
  static final TransformerShape SMALL = TransformerShape.small(22, 15);
  static final TransformerShape TWO_LAYERS = new TransformerShape(11, 12, 16, 2, 2, 24);

  /** A shared expert and a balance loss. */
  static final TransformerShape EXPERTS =
      TWO_LAYERS.with(new Experts(4, 2, 6, 5, new Balance.Loss(0.5)));

  /** No shared expert, and a bias in the selection. */
  static final TransformerShape BIASED_EXPERTS =
      TWO_LAYERS.with(new Experts(5, 3, 8, 0, new Balance.Bias(1e-3)));

  private NetworkFixtures() {}

  /** {@code prompts} random prompts, each continued {@code copies} times, 1 to most tokens. */
  static List<Sequence> rows(
      TransformerShape shape, int prompts, int copies, int promptLength, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sequence> rows = new ArrayList<>();
    for (int p = 0; p < prompts; p++) {
      TokenSequence prompt = tokens(shape, promptLength, random);
      for (int c = 0; c < copies; c++) {
        int length = 1 + random.nextInt(shape.contextLength() - promptLength);
        rows.add(new Sequence(prompt, tokens(shape, length, random)));
      }
    }
    return rows;
  }

  static TokenSequence tokens(TransformerShape shape, int length, SplittableRandom random) {
    int[] ids = new int[length];
    for (int t = 0; t < length; t++) {
      ids[t] = random.nextInt(shape.vocabularySize());
    }
    return TokenSequence.of(ids);
  }

  /** Random coefficients in the shape of the rows. */
  static TokenTable coefficients(List<Sequence> rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] table = new double[rows.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = new double[rows.get(i).completion().length()];
      for (int t = 0; t < table[i].length; t++) {
        table[i][t] = random.nextDouble(-1, 1) / rows.size();
      }
    }
    return TokenTable.of(table);
  }

  /** Largest difference in units of the largest expected magnitude. */
  public static double relativeDifference(double[] expected, double[] actual) {
    double difference = 0;
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return difference / scale;
  }
}
