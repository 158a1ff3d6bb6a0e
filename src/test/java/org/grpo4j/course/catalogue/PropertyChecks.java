package org.grpo4j.course.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/** Finite differences, invariants and enumerations of the pieces. */
final class PropertyChecks {

  private static final int SYMBOLS = 4;
  private static final double[] LOGITS = {0.3, -1.2, 0.9, 0.1};
  private static final double[] REFERENCE_LOGITS = {-0.4, 0.5, 0.2, -0.1};

  private PropertyChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of("finite difference", "coefficients of the loss", PropertyChecks::coefficients),
        Check.of("finite difference", "from logits to entropy and loss", PropertyChecks::logits),
        Check.of("invariant", "rows of a group continue one prompt", PropertyChecks::layout),
        Check.of("invariant", "padding of any content and length", PropertyChecks::padding),
        Check.of("invariant", "every written token counts", PropertyChecks::writtenTokens),
        Check.of("invariant", "sampled and scored alike: ratio 1", PropertyChecks::scoring),
        Check.of("invariant", "steps, learning rates, references of a run", PropertyChecks::loop),
        Check.of("enumeration", "expected K3 and its gradient", PropertyChecks::divergence),
        Check.of("enumeration", "expected gradient of RLOO", PropertyChecks::leaveOneOut),
        Check.of("enumeration", "a bonus raises the entropy", PropertyChecks::entropyBonus));
  }

  private static ObjectiveInputs problem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][][] tables = new double[4][2][3];
    for (double[][] table : tables) {
      for (double[] row : table) {
        for (int t = 0; t < row.length; t++) {
          row[t] = random.nextDouble(-1.5, -0.1);
        }
      }
    }
    for (double[] row : tables[2]) {
      for (int t = 0; t < row.length; t++) {
        row[t] += 0.8;
      }
    }
    TokenTable mask = TokenTable.of(new double[][] {{1, 1, 1}, {1, 1, 0}});
    return ObjectiveInputs.of(
            TokenTable.of(tables[0]),
            TokenTable.of(tables[1]),
            TokenTable.of(tables[2]),
            mask,
            RowGroups.of(0, 0))
        .withReference(TokenTable.of(tables[3]));
  }

  private static final ObjectiveSettings SETTINGS = new ObjectiveSettings(0.2, 0.28, 0.1, 0, false);

  private static void coefficients(Pieces pieces) {
    for (long seed = 1; seed <= 8; seed++) {
      ObjectiveInputs inputs = problem(seed);
      BatchLoss at = LossOfPieces.objective(pieces, SETTINGS, inputs);
      for (int i = 0; i < 2; i++) {
        for (int t = 0; t < 3; t++) {
          double slope =
              (moved(pieces, inputs, i, t, 1e-6) - moved(pieces, inputs, i, t, -1e-6)) / 2e-6;
          assertEquals(slope, at.slopes().get(i, t), 1e-7);
        }
      }
    }
  }

  private static double moved(
      Pieces pieces, ObjectiveInputs inputs, int row, int token, double by) {
    double[][] logProbs = inputs.logProbs().toArrays();
    logProbs[row][token] += by;
    return LossOfPieces.objective(pieces, SETTINGS, inputs.withLogProbs(TokenTable.of(logProbs)))
        .loss();
  }

  private static void logits(Pieces pieces) {
    double temperature = 0.7;
    double[] logProbs = pieces.logProbs(LOGITS, temperature);
    for (int token = 0; token < SYMBOLS; token++) {
      double[] slopes = pieces.lossByLogits(logProbs, token, -1.3, 0.4, temperature);
      for (int j = 0; j < SYMBOLS; j++) {
        double above = lossOfLogits(pieces, token, j, 1e-6, temperature);
        double below = lossOfLogits(pieces, token, j, -1e-6, temperature);
        assertEquals((above - below) / 2e-6, slopes[j], 1e-8);
      }
    }
  }

  private static double lossOfLogits(
      Pieces pieces, int token, int moved, double by, double temperature) {
    double[] logits = LOGITS.clone();
    logits[moved] += by;
    double[] logProbs = pieces.logProbs(logits, temperature);
    return -1.3 * logProbs[token] + 0.4 * pieces.entropy(logProbs, token);
  }

  /** The decoder repeats each prompt in place; groups must say the same. */
  private static void layout(Pieces pieces) {
    TabularPolicy policy = TinyPolicies.letters(1);
    int copies = 3;
    int rows = TinyPolicies.PROMPTS.size() * copies;
    RowGroups groups = pieces.groups(rows, copies);
    double[] logits = new double[policy.vocabularySize()];
    try (Decoding decoding = policy.startDecoding(TinyPolicies.PROMPTS, copies)) {
      for (int row = 0; row < rows; row++) {
        decoding.logits(row, logits);
        int prompt = pieces.promptOfRow(row, TinyPolicies.PROMPTS.size(), copies);
        Sequence sequence = new Sequence(TinyPolicies.PROMPTS.get(prompt), TokenSequence.of(2));
        double scored = policy.logProbs(List.of(sequence), 1).table().get(0, 0);
        assertEquals(scored, pieces.logProbs(logits, 1)[2], 1e-14);
        int first = prompt * copies;
        assertEquals(groups.groupOf(first), groups.groupOf(row), "one prompt, one group");
      }
    }
  }

  /** Rows padded with rubbish, further than needed, and a row without any token. */
  private static void padding(Pieces pieces) {
    ObjectiveInputs plain = problem(3);
    BatchLoss expected = LossOfPieces.objective(pieces, SETTINGS, plain);
    ObjectiveInputs padded =
        ObjectiveInputs.of(
                padded(plain.logProbs(), Double.NEGATIVE_INFINITY),
                padded(plain.oldLogProbs(), -1e3),
                padded(plain.advantages(), 7),
                padded(plain.mask(), 0),
                plain.groups())
            .withReference(padded(plain.referenceLogProbs().orElseThrow(), -1));
    assertEquals(expected.loss(), LossOfPieces.objective(pieces, SETTINGS, padded).loss(), 1e-12);
    TokenTable table = padded(plain.logProbs(), 100);
    TokenTable mask = padded(plain.mask(), 0);
    TokenTable white = pieces.whiten(plain.logProbs(), plain.mask());
    assertEquals(white.get(0, 1), pieces.whiten(table, mask).get(0, 1), 1e-12);
    DoubleVector scores = DoubleVector.of(1, 2);
    TokenTable rewards = pieces.tokenRewards(scores, table, table, mask, 0.1);
    assertEquals(3, rewards.row(0).sum() + rewards.row(1).sum(), 1e-12);
  }

  private static TokenTable padded(TokenTable table, double with) {
    double[][] rows = table.toArrays();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(rows[i], 5);
      for (int t = i == 0 ? 3 : 2; t < 5; t++) {
        rows[i][t] = with;
      }
    }
    return TokenTable.of(rows);
  }

  private static void writtenTokens(Pieces pieces) {
    TokenSequence finished = TokenSequence.of(2, 3, Vocabulary.END, Vocabulary.PAD, Vocabulary.PAD);
    assertEquals(DoubleVector.of(1, 1, 1, 0, 0), pieces.mask(finished));
    assertEquals(DoubleVector.of(1, 1, 1), pieces.mask(TokenSequence.of(2, 3, 2)));
    assertEquals(DoubleVector.of(1, 0), pieces.mask(TokenSequence.of(Vocabulary.END, 0)));
  }

  private static void scoring(Pieces pieces) {
    TabularPolicy policy = TinyPolicies.letters(2);
    TokenSequence prompt = TinyPolicies.PROMPTS.get(0);
    for (EnumeratedCompletion one : policy.enumerate(prompt, 0.7)) {
      if (one.tokens().length() == 3) {
        double[] sampled =
            policy
                .logProbs(List.of(new Sequence(prompt, one.tokens())), 0.7)
                .table()
                .row(0)
                .toArray();
        List<double[]> columns = logitColumns(policy, prompt, one.tokens());
        for (int t = 0; t < 2; t++) {
          double[] logits = columns.get(pieces.logitColumn(t));
          double scored = pieces.logProbs(logits, 0.7)[one.tokens().get(t)];
          assertEquals(1, Math.exp(scored - sampled[t]), 1e-12);
        }
      }
    }
  }

  private static List<double[]> logitColumns(
      TabularPolicy policy, TokenSequence prompt, TokenSequence tokens) {
    List<double[]> columns = new ArrayList<>();
    try (Decoding decoding = policy.startDecoding(List.of(prompt), 1)) {
      for (int t = 0; t < tokens.length(); t++) {
        double[] logits = new double[policy.vocabularySize()];
        decoding.logits(0, logits);
        columns.add(logits);
        decoding.advance(new int[] {tokens.get(t)});
      }
    }
    return columns;
  }

  private static void divergence(Pieces pieces) {
    double[] ours = pieces.logProbs(LOGITS, 1);
    double[] theirs = pieces.logProbs(REFERENCE_LOGITS, 1);
    double value = 0;
    double truth = 0;
    double[] gradient = new double[SYMBOLS];
    double[] forward = new double[SYMBOLS];
    for (int a = 0; a < SYMBOLS; a++) {
      double probability = Math.exp(ours[a]);
      value += probability * pieces.klValue(ours[a], theirs[a]);
      truth += probability * (ours[a] - theirs[a]);
      double weight = pieces.klWeight(1) * pieces.klSlope(ours[a], theirs[a]);
      double[] slopes = pieces.lossByLogits(ours, a, weight, 0, 1);
      for (int j = 0; j < SYMBOLS; j++) {
        gradient[j] += probability * slopes[j];
        forward[j] = Math.exp(ours[j]) - Math.exp(theirs[j]);
      }
    }
    assertEquals(truth, value, 1e-12, "expected value");
    for (int j = 0; j < SYMBOLS; j++) {
      assertEquals(forward[j], gradient[j], 1e-12, "gradient of KL(ref || pi)");
    }
  }

  /** Pairs of one-token completions; the second symbol is right. */
  private static void leaveOneOut(Pieces pieces) {
    double[] logProbs = pieces.logProbs(LOGITS, 1);
    double[] expected = new double[SYMBOLS];
    for (int a = 0; a < SYMBOLS; a++) {
      for (int b = 0; b < SYMBOLS; b++) {
        double probability = Math.exp(logProbs[a] + logProbs[b]);
        DoubleVector rewards = DoubleVector.of(a == 1 ? 1 : 0, b == 1 ? 1 : 0);
        DoubleVector advantages = pieces.leaveOneOut(rewards, RowGroups.of(0, 0));
        double[] first = pieces.lossByLogits(logProbs, a, advantages.get(0) / 2, 0, 1);
        double[] second = pieces.lossByLogits(logProbs, b, advantages.get(1) / 2, 0, 1);
        for (int j = 0; j < SYMBOLS; j++) {
          expected[j] += probability * (first[j] + second[j]);
        }
      }
    }
    double right = Math.exp(logProbs[1]);
    for (int j = 0; j < SYMBOLS; j++) {
      double truth = right * ((j == 1 ? 1 : 0) - Math.exp(logProbs[j]));
      assertEquals(truth, expected[j], 1e-12);
    }
  }

  private static void entropyBonus(Pieces pieces) {
    double[] logProbs = pieces.logProbs(LOGITS, 1);
    double[] slopes = pieces.lossByLogits(logProbs, 0, 0, pieces.entropyWeight(1), 1);
    double[] after = LOGITS.clone();
    for (int j = 0; j < SYMBOLS; j++) {
      after[j] -= 0.01 * slopes[j];
    }
    double before = exactEntropy(LOGITS);
    assertTrue(exactEntropy(after) > before, "a step against the gradient raises the entropy");
    for (int token = 0; token < SYMBOLS; token++) {
      assertEquals(before, pieces.entropy(logProbs, token), 1e-12);
    }
  }

  private static double exactEntropy(double[] logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double entropy = 0;
    for (double logit : logits) {
      double probability = Math.exp(logit) / sum;
      entropy -= probability * Math.log(probability);
    }
    return entropy;
  }

  private static void loop(Pieces pieces) {
    TrainingRun run = new TrainingRun(3, 5, 2, 3, 0.5, 2, 4, Double.POSITIVE_INFINITY);
    TokenTable numbers = pieces.training(run);
    for (int update = 0; update < run.updates(); update++) {
      assertEquals(2 * 3, numbers.get(2 * update, 0));
      assertEquals(12.0 / 3, numbers.get(2 * update, 1));
      assertEquals(0.1 * Math.min(1, (update + 1) / 4.0), numbers.get(2 * update, 2), 1e-12);
    }
    assertNotEquals(numbers, pieces.training(run.withReferenceRefreshEvery(0)));
    assertNotEquals(numbers, pieces.training(run.withReferenceRefreshEvery(1)));
    assertNotEquals(numbers, pieces.training(run.withMaxGradientNorm(0.02)));
  }
}
