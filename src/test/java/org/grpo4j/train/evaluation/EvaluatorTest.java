package org.grpo4j.train.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.metric.Proportion;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.DigitSum;
import org.grpo4j.task.ListedTask;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private static final TaskSource TASK = new TwoTokens();
  private static final RandomStreams STREAMS = new RandomStreams(3);
  private static final int V = Vocabulary.ARITHMETIC.size();
  private static final int MAX_NEW_TOKENS = 2;
  private static final int CONTEXTS = 1 + V;

  /** Sums of two digits, with room for a digit and the end token alone. */
  private static final class TwoTokens extends ListedTask {

    TwoTokens() {
      super(
          new DigitSum.LastDigit()
              .trainingProblems().stream()
                  .map(p -> new Problem(p.prompt(), p.answer(), labels(p)))
                  .toList(),
          Problem::prompt,
          0,
          MAX_NEW_TOKENS);
    }

    /** Whether the answer is even, if the first number is even. */
    private static List<String> labels(Problem problem) {
      boolean labelled = problem.prompt().charAt(0) % 2 == 0;
      return labelled ? List.of(problem.answer().charAt(0) % 2 == 0 ? "even" : "odd") : List.of();
    }

    @Override
    public String readableSymbols(Problem problem) {
      return problem.labels().contains("odd") ? "0123456789" : "";
    }

    @Override
    public String demonstration(Problem problem, SplittableRandom random) {
      return problem.answer();
    }
  }

  private static EvaluationSettings settings(int problems, int sampledProblems, int samples) {
    return new EvaluationSettings(0, problems, sampledProblems, samples, 3);
  }

  private static Evaluation evaluate(
      LanguageModel model, EvaluationSettings settings, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new Evaluator(TASK, settings, 1, STREAMS, workers).evaluate(model);
    }
  }

  private static List<TokenSequence> prompts() {
    List<TokenSequence> prompts = new ArrayList<>();
    for (Problem problem : TASK.evaluationProblems()) {
      prompts.add(TASK.vocabulary().encode(problem.prompt()));
    }
    return prompts;
  }

  private static TabularPolicy table() {
    return TabularPolicy.random(
        V, MAX_NEW_TOKENS, prompts(), new AdamSettings(0.9, 0.99, 1e-8), 1, STREAMS);
  }

  /** A table that prefers {@code digit(problem)} and then the second token by this many nats. */
  private static TabularPolicy opinionated(boolean right, int secondToken, double nats) {
    TabularPolicy policy = table();
    double[] parameters = new double[policy.parameterCount()];
    for (int p = 0; p < 100; p++) {
      char digit = TASK.evaluationProblems().get(p).answer().charAt(0);
      int wanted = 2 + (digit - '0' + (right ? 0 : 1)) % 10;
      parameters[p * CONTEXTS * V + wanted] = nats;
      parameters[(p * CONTEXTS + 1 + wanted) * V + secondToken] = nats;
    }
    policy.setParameters(DoubleVector.of(parameters));
    return policy;
  }

  @Test
  void aPolicyThatKnowsTheAnswersGetsEverythingRight() {
    Evaluation found = evaluate(opinionated(true, Vocabulary.END, 50), settings(60, 20, 4), 1);
    assertEquals(new Proportion(60, 60), found.greedyAccuracy());
    assertEquals(new Proportion(0, 60), found.truncated());
    assertEquals(2, found.meanLength());
    Evaluation.Sampled sampled = found.sampled().orElseThrow();
    assertEquals(
        List.of(
            new Evaluation.AtK(1, 1, 20),
            new Evaluation.AtK(2, 1, 20),
            new Evaluation.AtK(4, 1, 20)),
        sampled.passAtK());
    assertEquals(sampled.passAtK(), sampled.majorityAtK());
    assertEquals(3, found.examples().size());
    assertTrue(found.examples().get(0).correct());
    assertEquals(TASK.evaluationProblems().get(2), found.examples().get(2).problem());
    assertFalse(found.heldOut());
  }

  /**
   * By label: of each, so many of so many; readable: those whose task asks, here without thoughts.
   */
  @Test
  void labelsAndReadabilityAreCountedWhereTheyAre() {
    EvaluationSettings settings = settings(60, 20, 4);
    Evaluation found = evaluate(opinionated(true, Vocabulary.END, 50), settings, 1);
    int even = 0;
    int odd = 0;
    for (Problem problem : TASK.evaluationProblems().subList(0, 60)) {
      even += problem.labels().contains("even") ? 1 : 0;
      odd += problem.labels().contains("odd") ? 1 : 0;
    }
    assertTrue(even > 0 && odd > 0 && even + odd < 60);
    assertEquals(
        Map.of(
            "greedy_accuracy/even", new Proportion(even, even),
            "greedy_accuracy/odd", new Proportion(odd, odd),
            "readable", new Proportion(0, odd),
            "readable/odd", new Proportion(0, odd)),
        found.shares());
    Map<String, Evaluation.AtK> sampled = found.sampled().orElseThrow().shares();
    assertEquals(
        Set.of("pass@1/even", "pass@1/odd", "readable@1", "readable@1/odd"), sampled.keySet());
    long few =
        TASK.evaluationProblems().subList(0, 20).stream()
            .filter(problem -> problem.labels().contains("odd"))
            .count();
    assertEquals(new Evaluation.AtK(1, 1, (int) few), sampled.get("pass@1/odd"));
    Evaluation wrong = evaluate(opinionated(false, Vocabulary.END, 50), settings, 1);
    assertEquals(new Proportion(0, odd), wrong.shares().get("greedy_accuracy/odd"));
  }

  @Test
  void wrongAnswersAndCutOffOnesCountAsWrong() {
    Evaluation wrong = evaluate(opinionated(false, Vocabulary.END, 50), settings(60, 20, 4), 1);
    assertEquals(new Proportion(0, 60), wrong.greedyAccuracy());
    Evaluation cutOff = evaluate(opinionated(true, Vocabulary.PAD, 50), settings(60, 20, 4), 1);
    assertEquals(new Proportion(0, 60), cutOff.greedyAccuracy());
    assertEquals(new Proportion(60, 60), cutOff.truncated());
    assertEquals(0, cutOff.sampled().orElseThrow().majorityAtK().get(2).value());
  }

  @Test
  void passAtOneIsTheExactProbabilityUpToChance() {
    TabularPolicy policy = opinionated(true, Vocabulary.END, 3);
    double exact = 0;
    double variance = 0;
    int samples = 32;
    List<TokenSequence> prompts = prompts();
    for (int p = 0; p < 100; p++) {
      double success = 0;
      for (EnumeratedCompletion possible : policy.enumerate(prompts.get(p), 1)) {
        String text = TASK.vocabulary().decode(possible.tokens());
        boolean ended = possible.tokens().get(possible.tokens().length() - 1) == Vocabulary.END;
        if (ended && TASK.isCorrect(TASK.evaluationProblems().get(p), text)) {
          success += possible.probability();
        }
      }
      exact += success / 100;
      variance += success * (1 - success) / samples / 100 / 100;
    }
    Evaluation.Sampled sampled =
        evaluate(policy, settings(512, 100, samples), 1).sampled().orElseThrow();
    assertEquals(exact, sampled.passAtK().get(0).value(), 4 * Math.sqrt(variance));
    assertTrue(exact > 0.1 && exact < 0.9, "exact " + exact);
    // One vote is one sample; 32 votes agree on what is likeliest, which is right here.
    assertEquals(sampled.passAtK().get(0).value(), sampled.majorityAtK().get(0).value(), 1e-12);
    assertTrue(sampled.majorityAtK().get(5).value() > sampled.passAtK().get(0).value() + 0.2);
    assertTrue(sampled.passAtK().get(5).value() >= sampled.majorityAtK().get(5).value());
    assertEquals(100, sampled.problems());
  }

  @Test
  void evaluatingAgainOrWithMoreWorkersGivesTheSame() {
    TabularPolicy policy = table();
    EvaluationSettings settings = settings(100, 30, 8);
    Evaluation first = evaluate(policy, settings, 1);
    assertEquals(first, evaluate(policy, settings, 1));
    assertEquals(first, evaluate(policy, settings, 2));
    assertNotEquals(Optional.empty(), first.sampled());
  }

  @Test
  void noMoreProblemsThanThereAre() {
    Evaluation found = evaluate(table(), settings(5000, 5000, 2), 2);
    assertEquals(100, found.greedyAccuracy().n());
    assertEquals(100, found.sampled().orElseThrow().problems());
  }

  @Test
  void settingsSayWhatIsWrong() {
    assertEquals(
        "finalSamples: must be at least 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> settings(1, 1, 0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> settings(0, 1, 4));
    assertEquals(List.of(1, 2, 4), settings(1, 1, 7).ks());
  }
}
