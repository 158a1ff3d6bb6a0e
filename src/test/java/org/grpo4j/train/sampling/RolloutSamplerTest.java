package org.grpo4j.train.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.FinishReason;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RolloutSamplerTest {

  private static final Problem A = new Problem("a", "");
  private static final Problem B = new Problem("b", "");
  private static final RandomStreams STREAMS = new RandomStreams(11);

  private final TabularPolicy policy = TinyPolicies.letters(1);

  private static RolloutSampler sampler(SamplingSettings settings, Workers workers) {
    return new RolloutSampler(TinyPolicies.LETTERS, settings, STREAMS, workers);
  }

  private RolloutBatch sample(SamplingSettings settings, List<Problem> problems, int update) {
    try (Workers workers = new Workers(1)) {
      return sampler(settings, workers).sample(policy, problems, update);
    }
  }

  @Test
  void frequenciesAreTheExactProbabilities() {
    double temperature = 0.8;
    int samples = 40_000;
    RolloutBatch batch = sample(new SamplingSettings(samples, 3, temperature), List.of(A), 0);
    Map<TokenSequence, Integer> counts = new HashMap<>();
    for (Completion completion : batch.completions()) {
      counts.merge(completion.tokens(), 1, Integer::sum);
    }
    double chiSquared = 0;
    int cells = 0;
    for (EnumeratedCompletion possible :
        policy.enumerate(TinyPolicies.PROMPTS.get(0), temperature)) {
      double expected = samples * possible.probability();
      int seen = counts.getOrDefault(possible.tokens(), 0);
      counts.remove(possible.tokens());
      chiSquared += (seen - expected) * (seen - expected) / expected;
      cells++;
    }
    assertTrue(counts.isEmpty(), "impossible completions " + counts);
    // 39 degrees of freedom: mean 39, standard deviation 8.8; 75 is exceeded once in 2,000 seeds.
    assertTrue(chiSquared < 75, "chi-squared " + chiSquared + " over " + cells + " completions");
  }

  @Test
  void sampledLogProbabilitiesAreTheScoredOnes() {
    double temperature = 1.3;
    RolloutBatch batch = sample(new SamplingSettings(50, 3, temperature), List.of(A, B, A), 4);
    TokenTable scored = policy.logProbs(batch.sequences(), temperature).table();
    for (int row = 0; row < 150; row++) {
      DoubleVector sampled = batch.completions().get(row).samplerLogProbs();
      assertEquals(scored.length(row), sampled.size());
      for (int t = 0; t < sampled.size(); t++) {
        assertEquals(scored.get(row, t), sampled.get(t), 1e-14);
      }
    }
  }

  @Test
  void completionsEndWithTheEndTokenOrAtTheLimit() {
    RolloutBatch batch = sample(new SamplingSettings(200, 3, 1), List.of(A), 0);
    for (Completion completion : batch.completions()) {
      int[] tokens = completion.tokens().toArray();
      for (int t = 0; t < tokens.length - 1; t++) {
        assertNotEquals(Vocabulary.END, tokens[t]);
      }
      boolean ended = tokens[tokens.length - 1] == Vocabulary.END;
      assertEquals(
          ended ? FinishReason.END_TOKEN : FinishReason.LENGTH_LIMIT, completion.finishReason());
      assertTrue(ended || tokens.length == 3);
      assertEquals(tokens.length - (ended ? 1 : 0), completion.text().length());
    }
  }

  @Test
  void forcedLengthGoesOnAfterTheEndToken() {
    RolloutBatch batch = sample(new SamplingSettings(100, 3, 1, true), List.of(A), 0);
    for (Completion completion : batch.completions()) {
      assertEquals(3, completion.length());
    }
  }

  @Test
  void anyNumberOfWorkersGivesTheSameBits() {
    List<Problem> problems = new ArrayList<>(Collections.nCopies(20, A));
    problems.addAll(Collections.nCopies(17, B));
    SamplingSettings settings = new SamplingSettings(8, 3, 1);
    try (Workers one = new Workers(1);
        Workers three = new Workers(3)) {
      assertEquals(
          sampler(settings, one).sample(policy, problems, 5),
          sampler(settings, three).sample(policy, problems, 5));
    }
  }

  @Test
  void aDrawDependsOnItsKeyOnlyNotOnTheRowsAround() {
    SamplingSettings settings = new SamplingSettings(6, 3, 1);
    Group alone = sample(settings, List.of(A), 2).groups().get(0);
    Group amongOthers = sample(settings, Collections.nCopies(30, A), 2).groups().get(0);
    assertEquals(alone, amongOthers);
    Group smaller = sample(new SamplingSettings(3, 3, 1), List.of(A), 2).groups().get(0);
    assertEquals(alone.completions().subList(0, 3), smaller.completions());
    assertNotEquals(alone, sample(settings, List.of(A), 3).groups().get(0));
    assertNotEquals(
        sample(settings, List.of(A, A), 2).groups().get(1).completions(), alone.completions());
  }

  @Test
  void equalProblemsInDifferentChunksAreSampledDifferently() {
    Set<List<Completion>> different = new HashSet<>();
    for (Group group :
        sample(new SamplingSettings(32, 3, 1), Collections.nCopies(24, A), 0).groups()) {
      different.add(group.completions());
    }
    assertEquals(24, different.size());
  }

  @Test
  void evaluationDrawsAreNotThoseOfTraining() {
    SamplingSettings settings = new SamplingSettings(40, 3, 1);
    try (Workers workers = new Workers(1)) {
      RolloutSampler evaluation =
          new RolloutSampler(TinyPolicies.LETTERS, settings, STREAMS, Purpose.EVALUATION, workers);
      assertNotEquals(sample(settings, List.of(A), 0), evaluation.sample(policy, List.of(A), 0));
    }
  }

  @Test
  void groupsKeepTheOrderOfTheProblemsAndTheVersionOfThePolicy() {
    RolloutBatch batch = sample(new SamplingSettings(2, 3, 1), List.of(B, A, B), 9);
    assertEquals(9, batch.update());
    assertEquals(policy.version(), batch.policyVersion());
    assertEquals(List.of(B, A, B), batch.groups().stream().map(Group::problem).toList());
    for (Group group : batch.groups()) {
      assertEquals(TinyPolicies.LETTERS.encode(group.problem().prompt()), group.prompt());
    }
  }

  @Test
  void greedyTakesTheMostProbableTokenAndTheLowestIdOfEquals() {
    try (Workers workers = new Workers(2)) {
      GreedyDecoder decoder = new GreedyDecoder(TinyPolicies.LETTERS, 3, workers);
      List<Problem> problems = Collections.nCopies(70, B);
      List<Completion> greedy = decoder.decode(policy, problems);
      assertEquals(70, greedy.size());
      TokenTable scored =
          policy
              .logProbs(
                  List.of(new Sequence(TinyPolicies.PROMPTS.get(1), greedy.get(69).tokens())), 1)
              .table();
      assertEquals(scored.row(0).sum(), greedy.get(69).samplerLogProbs().sum(), 1e-14);

      TabularPolicy uniform = TabularPolicy.uniform(4, 3, TinyPolicies.PROMPTS, TinyPolicies.ADAM);
      assertEquals("___", decoder.decode(uniform, List.of(A)).get(0).text());
    }
  }

  @Test
  void logitsThatAreNotNumbersAreNoticed() {
    policy.setParameters(DoubleVector.constant(policy.parameterCount(), Double.NaN));
    assertThrows(
        ArithmeticException.class, () -> sample(new SamplingSettings(1, 3, 1), List.of(A), 0));
  }

  @Test
  void impossibleTokensAreNeverDrawn() {
    double[] parameters = policy.parameters().toArray();
    for (int i = 2; i < parameters.length; i += 4) {
      parameters[i] = Double.NEGATIVE_INFINITY;
    }
    policy.setParameters(DoubleVector.of(parameters));
    for (Completion completion :
        sample(new SamplingSettings(500, 3, 1), List.of(A), 0).completions()) {
      assertTrue(!completion.text().contains("a"));
    }
  }

  @Test
  void settingsSayWhatIsWrong() {
    assertEquals(
        "groupSize: must be at least 1, got 0", message(() -> new SamplingSettings(0, 3, 1)));
    assertEquals(
        "maxNewTokens: must be at least 1, got 0", message(() -> new SamplingSettings(1, 0, 1)));
    assertTrue(message(() -> new SamplingSettings(1, 1, 0)).startsWith("temperature: must be"));
    assertTrue(
        message(() -> new SamplingSettings(1, 1, Double.NaN)).startsWith("temperature: must be"));
  }

  private static String message(Executable executable) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, executable).getMessage());
  }
}
