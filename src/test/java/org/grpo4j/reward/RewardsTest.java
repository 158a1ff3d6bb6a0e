package org.grpo4j.reward;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.config.Chosen;
import org.grpo4j.experiment.config.DefaultKinds;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.FinishReason;
import org.grpo4j.task.BilingualAdd;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.ThinkAdd;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardsTest {

  private static final TaskSource TASK = new ThinkAdd();
  private static final Map<String, Chosen<RewardFunction>> ALL =
      DefaultKinds.all(RewardFunction.class);
  private static final Problem PROBLEM = new Problem("47+85=", "132");

  /** A completion with this text; without a final {@code $} it was cut off. */
  private static Completion completion(String written) {
    return completion(Vocabulary.ARITHMETIC, written);
  }

  private static Completion completion(Vocabulary vocabulary, String written) {
    TokenSequence tokens = vocabulary.encode(written);
    return new Completion(
        tokens,
        vocabulary.decode(tokens),
        DoubleVector.constant(tokens.length(), -1),
        written.endsWith("$") ? FinishReason.END_TOKEN : FinishReason.LENGTH_LIMIT);
  }

  private static double score(String reward, Problem problem, String written) {
    return ALL.get(reward).make(TASK).score(problem, completion(written)).total();
  }

  @ParameterizedTest
  @CsvSource({
    "[231]132$, 1, 1, 1, 3",
    "[]132$, 1, 1, 1, 0",
    "[22]22$, 0, 1, 0, 2",
    "[]142$, 0, 1, 0, 0",
    "[132]131$, 0, 0, 1, 3",
    "13213213$, 0, 0, 1, 0",
    "[231]132, 0, 0, 0, 0",
    "[231]$, 0, 0, 0, 3",
    "[[23]132$, 0, 1, 1, 0",
    "$, 0, 0, 0, 0",
  })
  void theHonestAndTheFlawedVerifiers(
      String written, double correct, double lastDigit, double anywhere, double length) {
    assertEquals(correct, score("correct", PROBLEM, written));
    assertEquals(lastDigit, score("last-digit", PROBLEM, written));
    assertEquals(anywhere, score("answer-anywhere", PROBLEM, written));
    assertEquals(length, score("thinking-length", PROBLEM, written));
  }

  @ParameterizedTest
  @CsvSource({
    "[231]132$, 1, 1",
    "[2d1]132$, 0.6666666666666666, 0",
    "[cdb]132$, 0, 0",
    "[999]1$, 1, 1",
    "[231]132, 0, 0",
    "[]132$, 0, 0",
    "132$, 0, 0",
    "[[231]132$, 0, 0",
  })
  void readabilityIsAboutTheThoughtAlone(String written, double consistency, double readable) {
    TaskSource bilingual = new BilingualAdd();
    Completion completion = completion(bilingual.vocabulary(), written);
    for (RewardFunction reward :
        List.of(new ReadableReward(bilingual), new LanguageConsistencyReward(bilingual))) {
      double expected = reward instanceof ReadableReward ? readable : consistency;
      assertEquals(expected, reward.score(PROBLEM, completion).total());
      assertEquals(
          0,
          score(reward.score(PROBLEM, completion).parts().get(0).name(), PROBLEM, "[231]132$"),
          "no task");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "11$, 11, 3",
    "12$, 11, 2",
    "1$, 11, 1",
    "111, 11, 2",
    "11, 11, 2",
    "22$, 11, 1",
    "$, 11, 0",
    "1$, 1, 2",
    "11$, 1, 1",
    "2$, 1, 1",
    "111, 1, 1",
    "'', 1, 0",
  })
  void creditPerCharacter(String written, String answer, int points) {
    Problem problem = new Problem("3+8=", answer);
    double expected = points / (answer.length() + 1.0);
    assertEquals(expected, score("character-credit", problem, written));
  }

  @Test
  void weightedPartsAddUpInOrder() {
    RewardFunction weighted =
        new WeightedReward(
            List.of(
                new WeightedReward.Term(new ThinkingLengthBonus(), 0.5),
                new WeightedReward.Term(new CorrectnessReward(TASK), 2)));
    Reward reward = weighted.score(PROBLEM, completion("[231]132$"));
    assertEquals(
        List.of(new Reward.Part("thinking-length", 3, 0.5), new Reward.Part("correct", 1, 2)),
        reward.parts());
    assertEquals(3.5, reward.total());
  }

  /** The value is 0 elsewhere, so that every completion of a batch has the same parts. */
  @Test
  void aTermForALabelCountsForItsProblemsOnly() {
    WeightedReward.Term term = new WeightedReward.Term(new CorrectnessReward(TASK), 2, "sums");
    RewardFunction weighted = new WeightedReward(List.of(term));
    Problem sum = new Problem("47+85=", "132", List.of("sums", "sums/carries-2"));
    assertEquals(
        List.of(new Reward.Part("correct/sums", 1, 2)),
        weighted.score(sum, completion("132$")).parts());
    assertEquals(
        List.of(new Reward.Part("correct/sums", 0, 2)),
        weighted.score(PROBLEM, completion("132$")).parts());
  }

  @Test
  void weightsOfWeightsMultiply() {
    RewardFunction inner =
        new WeightedReward(List.of(new WeightedReward.Term(new CorrectnessReward(TASK), 0.5)));
    RewardFunction outer = new WeightedReward(List.of(new WeightedReward.Term(inner, 4)));
    assertEquals(2, outer.score(PROBLEM, completion("132$")).total());
  }

  /** Limit 10, cache 4: free up to 6 tokens, the full penalty at 10. */
  @Test
  void theOverlongPenaltyFallsInAStraightLine() {
    OverlongPenalty capped = new OverlongPenalty(4, 2);
    double[] expected = {0, 0, -0.5, -1, -1.5, -2, -2};
    for (int length = 5; length <= 11; length++) {
      assertEquals(expected[length - 5], capped.penalty(length, 10), "length " + length);
    }
    assertEquals(-2.5, new OverlongPenalty(4, 2, false).penalty(11, 10));
    OverlongReward reward = new OverlongReward(new CorrectnessReward(TASK), capped, 10);
    assertEquals(
        List.of(new Reward.Part("correct", 1, 1), new Reward.Part("overlong", -1.5, 1)),
        reward.score(PROBLEM, completion("[231]132$")).parts());
  }

  @Test
  void anOverlongPenaltyHasRoomToGrow() {
    assertDoesNotThrow(() -> new OverlongPenalty(1, 0).check(4));
    assertDoesNotThrow(() -> new OverlongPenalty(4, 1).check(4));
    assertEquals(
        "cache: must be from 1 to maxLength 4, got 5",
        assertThrows(
                IllegalArgumentException.class,
                () -> new OverlongReward(new CorrectnessReward(TASK), new OverlongPenalty(5, 1), 4))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new OverlongPenalty(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new OverlongPenalty(2, -1));
  }

  @Test
  void rewardsAreCalledAsInExperimentFiles() {
    ALL.forEach(
        (name, rule) -> {
          Reward reward = rule.make(TASK).score(PROBLEM, completion("[231]132$"));
          assertEquals(name, reward.parts().get(0).name());
        });
  }

  @Test
  void sumsHaveTermsAndFiniteWeights() {
    assertThrows(IllegalArgumentException.class, () -> new WeightedReward(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WeightedReward.Term(new CorrectnessReward(TASK), Double.NaN));
  }

  @Test
  void partsThatCancelUpToRoundingSumToZero() {
    Reward reward =
        Reward.ofParts(
            List.of(
                new Reward.Part("a", 1, 0.1),
                new Reward.Part("b", 1, 0.2),
                new Reward.Part("c", -1, 0.3)));
    assertEquals(0, reward.total());
  }
}
