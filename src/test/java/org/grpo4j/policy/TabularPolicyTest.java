package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularPolicyTest {

  private static final double TEMPERATURE = 0.7;

  private final TabularPolicy policy = TinyPolicies.letters(1);

  /** Every completion of both prompts. */
  private List<Sequence> allRows() {
    List<Sequence> rows = new ArrayList<>();
    for (TokenSequence prompt : TinyPolicies.PROMPTS) {
      for (EnumeratedCompletion completion : policy.enumerate(prompt, TEMPERATURE)) {
        rows.add(new Sequence(prompt, completion.tokens()));
      }
    }
    return rows;
  }

  @Test
  void theProbabilitiesOfAllCompletionsSumToOne() {
    for (TokenSequence prompt : TinyPolicies.PROMPTS) {
      List<EnumeratedCompletion> all = policy.enumerate(prompt, TEMPERATURE);
      double sum = 0;
      Set<TokenSequence> different = new HashSet<>();
      for (EnumeratedCompletion completion : all) {
        sum += completion.probability();
        different.add(completion.tokens());
      }
      // 1 that ends at once, 3 that end at the second token, 9 * 4 of three tokens.
      assertEquals(40, all.size());
      assertEquals(40, different.size());
      assertEquals(1, sum, 1e-14);
    }
  }

  @Test
  void enumeratedProbabilitiesAreTheScoredOnes() {
    List<Sequence> rows = allRows();
    TokenTable logProbs = policy.logProbs(rows, TEMPERATURE).table();
    int row = 0;
    for (TokenSequence prompt : TinyPolicies.PROMPTS) {
      for (EnumeratedCompletion completion : policy.enumerate(prompt, TEMPERATURE)) {
        assertEquals(completion.logProbability(), logProbs.row(row).sum(), 1e-14);
        row++;
      }
    }
  }

  @Test
  void entropyIsMinusTheExpectedLogProbability() {
    List<Sequence> rows = List.of(new Sequence(TinyPolicies.PROMPTS.get(0), TokenSequence.of(2)));
    try (ForwardPass forward = policy.forward(rows, TEMPERATURE)) {
      double expected = 0;
      for (double p : forward.probabilities(0, 0)) {
        expected -= p * Math.log(p);
      }
      assertEquals(expected, forward.logProbs().entropies().get(0, 0), 1e-14);
    }
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    List<Sequence> rows = allRows().subList(20, 60);
    SplittableRandom random = new SplittableRandom(5);
    TokenTable byLogProb = randomTable(rows, random);
    TokenTable byEntropy = randomTable(rows, random);
    try (ForwardPass forward = policy.forward(rows, TEMPERATURE)) {
      forward.backward(byLogProb, byEntropy);
    }
    double[] gradient = policy.gradient().toArray();
    double[] parameters = policy.parameters().toArray();
    double h = 1e-5;
    for (int i = 0; i < parameters.length; i++) {
      double[] moved = parameters.clone();
      moved[i] = parameters[i] + h;
      policy.setParameters(DoubleVector.of(moved));
      double above = loss(rows, byLogProb, byEntropy);
      moved[i] = parameters[i] - h;
      policy.setParameters(DoubleVector.of(moved));
      double below = loss(rows, byLogProb, byEntropy);
      double slope = (above - below) / (2 * h);
      assertEquals(slope, gradient[i], 1e-8 * Math.max(1, Math.abs(slope)), "parameter " + i);
    }
  }

  /** The loss whose coefficients are given: linear in log-probabilities and entropies. */
  private double loss(List<Sequence> rows, TokenTable byLogProb, TokenTable byEntropy) {
    TokenLogProbs scores = policy.logProbs(rows, TEMPERATURE);
    double loss = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < byLogProb.length(i); t++) {
        loss += byLogProb.get(i, t) * scores.table().get(i, t);
        loss += byEntropy.get(i, t) * scores.entropies().get(i, t);
      }
    }
    return loss;
  }

  private static TokenTable randomTable(List<Sequence> rows, SplittableRandom random) {
    double[][] values = new double[rows.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.doubles(rows.get(i).completion().length(), -1, 1).toArray();
    }
    return TokenTable.of(values);
  }

  @Test
  void gradientsAddUpAndAStepClearsThem() {
    List<Sequence> rows = allRows().subList(0, 5);
    TokenTable byLogProb = randomTable(rows, new SplittableRandom(1));
    try (ForwardPass forward = policy.forward(rows, 1)) {
      forward.backward(byLogProb);
      double[] once = policy.gradient().toArray();
      forward.backward(byLogProb);
      double[] twice = policy.gradient().toArray();
      for (int i = 0; i < once.length; i++) {
        assertEquals(2 * once[i], twice[i], 1e-14);
      }
    }
    GradientStep step = policy.applyGradient(0.1, 1.0);
    assertEquals(1, step.version());
    assertEquals(DoubleVector.constant(policy.parameterCount(), 0), policy.gradient());
  }

  @Test
  void clippingBoundsTheNormAndLeavesSmallGradientsAlone() {
    double[] gradient = {3, 4};
    assertEquals(5, GradientClipping.of(gradient, 1).norm());
    assertEquals(1 / (5 + 1e-6), GradientClipping.of(gradient, 1).factor());
    assertEquals(1, GradientClipping.of(gradient, 6).factor());
    assertEquals(1, GradientClipping.of(gradient, Double.POSITIVE_INFINITY).factor());
    assertThrows(IllegalArgumentException.class, () -> GradientClipping.of(gradient, 0));
  }

  @Test
  void adamTakesTheStepsOfThePaper() {
    // Two steps worked out by hand with beta1 0.5, beta2 0.75, epsilon 1, learning rate 1.
    AdamOptimizer adam = new AdamOptimizer(new AdamSettings(0.5, 0.75, 1), 1);
    double[] theta = {10};
    adam.step(theta, new double[] {2}, 1);
    // m = 1, v = 1; mHat = 1 / 0.5 = 2, vHat = 1 / 0.25 = 4; step 2 / (2 + 1)
    assertEquals(10 - 2.0 / 3, theta[0], 1e-15);
    adam.step(theta, new double[] {0}, 1);
    // m = 0.5, v = 0.75; mHat = 0.5 / 0.75 = 2/3, vHat = 0.75 / 0.4375 = 12/7
    assertEquals(10 - 2.0 / 3 - (2.0 / 3) / (Math.sqrt(12.0 / 7) + 1), theta[0], 1e-14);
  }

  @Test
  void aGradientThatIsNotFiniteIsNotApplied() {
    DoubleVector before = policy.parameters();
    List<Sequence> rows = allRows().subList(0, 1);
    try (ForwardPass forward = policy.forward(rows, 1)) {
      forward.backward(TokenTable.constant(forward.logProbs().table().lengths(), Double.NaN));
    }
    GradientStep step = policy.applyGradient(0.1, 1);
    assertTrue(Double.isNaN(step.gradientNorm()));
    assertEquals(0, step.version());
    assertEquals(before, policy.parameters());
  }

  @Test
  void aSnapshotStaysAsItWas() {
    List<Sequence> rows = allRows();
    PolicySnapshot snapshot = policy.snapshot();
    TokenLogProbs before = policy.logProbs(rows, 1);
    try (ForwardPass forward = policy.forward(rows, 1)) {
      forward.backward(TokenTable.constant(before.table().lengths(), 1));
    }
    policy.applyGradient(0.1, 1);
    assertEquals(before, snapshot.logProbs(rows, 1));
    assertNotEquals(before, policy.logProbs(rows, 1));
    assertEquals(0, snapshot.version());
    assertEquals(1, policy.version());
  }

  @Test
  void savedAndReadBackItTrainsOnWithTheSameBits(@TempDir Path directory) throws IOException {
    train(policy, 3);
    policy.save(directory);
    TabularPolicy again = TabularPolicy.load(directory);
    assertEquals(policy.parameters(), again.parameters());
    assertEquals(policy.version(), again.version());
    train(policy, 3);
    train(again, 3);
    assertEquals(policy.parameters(), again.parameters());
    assertEquals(6, again.version());
  }

  private void train(TabularPolicy trained, int steps) {
    List<Sequence> rows = allRows().subList(0, 30);
    for (int i = 0; i < steps; i++) {
      try (ForwardPass forward = trained.forward(rows, 1)) {
        forward.backward(randomTable(rows, new SplittableRandom(trained.version())));
      }
      trained.applyGradient(0.05, 1);
    }
  }

  @Test
  void everyPrefixOfEveryPromptHasLogitsOfItsOwn() {
    PrefixIndex index = new PrefixIndex(4, 3, TinyPolicies.PROMPTS);
    Set<Integer> contexts = new HashSet<>();
    for (TokenSequence prompt : TinyPolicies.PROMPTS) {
      contexts.add(index.start(prompt));
      for (int first = 0; first < 4; first++) {
        int afterOne = index.child(index.start(prompt), first);
        contexts.add(afterOne);
        for (int second = 0; second < 4; second++) {
          contexts.add(index.child(afterOne, second));
        }
      }
    }
    assertEquals(2 * (1 + 4 + 16), contexts.size());
    assertTrue(contexts.stream().allMatch(c -> c >= 0 && c < index.parameters() / 4));
  }

  @Test
  void blocksCoverTheParametersWithoutGap() {
    int next = 0;
    for (ParameterBlock block : policy.parameterBlocks()) {
      assertEquals(next, block.offset());
      next += block.size();
    }
    assertEquals(policy.parameterCount(), next);
    assertEquals(2 * (1 + 4 + 16) * 4, next);
  }

  @Test
  void tablesThatDoNotFitAreRefused() {
    List<TokenSequence> prompts = List.of(TokenSequence.of(2));
    Exception tooLarge =
        assertThrows(
            IllegalArgumentException.class,
            () -> TabularPolicy.uniform(22, 9, prompts, TinyPolicies.ADAM));
    assertTrue(String.valueOf(tooLarge.getMessage()).contains("20000000 parameters at most"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TabularPolicy.uniform(
                4, 2, List.of(prompts.get(0), TokenSequence.of(2, 3)), TinyPolicies.ADAM));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TabularPolicy.uniform(
                4, 2, List.of(prompts.get(0), prompts.get(0)), TinyPolicies.ADAM));
  }

  @Test
  void unknownPromptsAndOverlongCompletionsAreRefused() {
    Sequence unknown = new Sequence(TokenSequence.of(1), TokenSequence.of(2));
    Sequence tooLong = new Sequence(TinyPolicies.PROMPTS.get(0), TokenSequence.of(2, 2, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> policy.logProbs(List.of(unknown), 1));
    assertThrows(IllegalArgumentException.class, () -> policy.logProbs(List.of(tooLong), 1));
  }

  @Test
  void theUniformTableIsUniform() {
    TabularPolicy uniform =
        TabularPolicy.uniform(4, 2, TinyPolicies.PROMPTS, new AdamSettings(0.9, 0.99, 1e-8));
    Sequence row = new Sequence(TinyPolicies.PROMPTS.get(1), TokenSequence.of(3, Vocabulary.END));
    TokenLogProbs scores = uniform.logProbs(List.of(row), 2.5);
    assertEquals(-Math.log(4), scores.table().get(0, 1), 1e-15);
    assertEquals(Math.log(4), scores.entropies().get(0, 0), 1e-15);
    assertNotEquals(
        TinyPolicies.letters(1).parameters(),
        TabularPolicy.random(4, 3, TinyPolicies.PROMPTS, TinyPolicies.ADAM, 1, new RandomStreams(2))
            .parameters());
  }
}
