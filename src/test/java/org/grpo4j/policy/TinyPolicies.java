package org.grpo4j.policy;

import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/** Tables small enough to enumerate, for tests. */
public final class TinyPolicies {

  /** Padding, end and two letters. */
  public static final Vocabulary LETTERS = new Vocabulary("_$ab");

  /** Prompts {@code a} and {@code b}. */
  public static final List<TokenSequence> PROMPTS =
      List.of(LETTERS.encode("a"), LETTERS.encode("b"));

  public static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);

  public static final int MAX_NEW_TOKENS = 3;

  private TinyPolicies() {}

  /** Two prompts, four symbols, three tokens: 168 parameters, 40 completions of each prompt. */
  public static TabularPolicy letters(long seed) {
    return gaussian(LETTERS.size(), MAX_NEW_TOKENS, PROMPTS, ADAM, 1.0, seed);
  }

  /**
   * A random table by the JDK's own deviates: pages with exact results are made from some, and
   * tests that need a table which is far from uniform found theirs among them.
   */
  public static TabularPolicy gaussian(
      int vocabularySize,
      int maxNewTokens,
      List<TokenSequence> prompts,
      AdamSettings adam,
      double deviation,
      long seed) {
    TabularPolicy table = TabularPolicy.uniform(vocabularySize, maxNewTokens, prompts, adam);
    SplittableRandom random = new RandomStreams(seed).stream(Purpose.PARAMETERS);
    double[] logits = new double[table.parameterCount()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = deviation * random.nextGaussian();
    }
    table.setParameters(DoubleVector.of(logits));
    return table;
  }
}
