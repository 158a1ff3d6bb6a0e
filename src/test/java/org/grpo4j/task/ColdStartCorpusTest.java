package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.grpo4j.math.RandomStreams;
import org.junit.jupiter.api.Test;

class ColdStartCorpusTest {

  private static final int SIZE = 20_000;
  private static final RandomStreams STREAMS = new RandomStreams(1);

  @Test
  void carelessPupilsHaveTheProportionsOfTheRecipe() {
    ThinkAdd task = new ThinkAdd();
    int thoughts = 0;
    int forgetful = 0;
    int empty = 0;
    int nearMisses = 0;
    Set<Integer> errors = new HashSet<>();
    for (Demonstration shown : ColdStartCorpus.draw(task, SIZE, STREAMS).demonstrations()) {
      ThoughtAndAnswer parts = ThoughtAndAnswer.of(shown.completion());
      int error = Integer.parseInt(parts.answer()) - Integer.parseInt(shown.problem().answer());
      if (parts.thought().isEmpty()) {
        empty++;
        nearMisses += error == 0 ? 0 : 1;
        errors.add(error);
      } else {
        thoughts++;
        assertEquals(TwoDigitAddition.reverse(parts.answer()), parts.thought());
        // Forgetting does not show in a sum without carries. Of the 8,100 sums that is the case in
        // 36 pairs of tens (1 to 9) times 55 pairs of ones (0 to 9).
        String careless = TwoDigitAddition.reversedSumWithoutCarries(shown.problem().prompt());
        boolean right = error == 0;
        assertTrue(right || parts.thought().equals(careless));
        forgetful += right ? 0 : 1;
      }
    }
    assertShare(0.4, thoughts, SIZE);
    assertShare(0.5, nearMisses, empty);
    double carriesSomewhere = 1 - 36.0 * 55 / 8100;
    assertShare(0.4 * carriesSomewhere, forgetful, thoughts);
    assertTrue(errors.containsAll(Set.of(-20, -11, -10, -9, -2, -1, 0, 1, 2, 9, 10, 11, 20)));
  }

  @Test
  void forgettingACarryIsSystematic() {
    assertEquals("22", TwoDigitAddition.reversedSumWithoutCarries("47+85="));
    assertEquals("00", TwoDigitAddition.reversedSumWithoutCarries("50+50="));
    assertEquals("97", TwoDigitAddition.reversedSumWithoutCarries("45+34="));
  }

  @Test
  void sixOfTenForgetCarriesInReversedAddition() {
    ReversedAddition task = new ReversedAddition();
    int wrong = 0;
    for (Demonstration shown : ColdStartCorpus.draw(task, SIZE, STREAMS).demonstrations()) {
      wrong += task.isCorrect(shown.problem(), shown.completion()) ? 0 : 1;
    }
    assertShare(0.6 * (1 - 36.0 * 55 / 8100), wrong, SIZE);
  }

  @Test
  void countdownCorpusUsesTheRightNumbersAndHitsTheTargetInThreeOfTenOrByChance() {
    Countdown task = new Countdown();
    int hits = 0;
    for (Demonstration shown : ColdStartCorpus.draw(task, SIZE, STREAMS).demonstrations()) {
      String prompt = shown.problem().prompt();
      String numbers = "" + prompt.charAt(0) + prompt.charAt(2) + prompt.charAt(4);
      assertTrue(new CountdownExpression(shown.completion()).usesExactly(numbers));
      hits += task.isCorrect(shown.problem(), shown.completion()) ? 1 : 0;
    }
    double share = hits / (double) SIZE;
    assertTrue(share > 0.3 && share < 0.4, "share " + share);
  }

  @Test
  void examplesAreTrainingProblemsAndEndWithTheEndToken() {
    ThinkAdd task = new ThinkAdd();
    Set<Problem> heldOut = new HashSet<>(task.heldOutProblems());
    ColdStartCorpus corpus = ColdStartCorpus.draw(task, 5000, STREAMS);
    for (int i = 0; i < corpus.size(); i++) {
      assertTrue(!heldOut.contains(corpus.demonstrations().get(i).problem()));
      TokenSequence completion = corpus.completionTokens(i);
      assertEquals(Vocabulary.END, completion.get(completion.length() - 1));
      assertEquals(task.promptLength(), corpus.promptTokens(i).length());
    }
  }

  @Test
  void theSeedDecidesAndAShorterCorpusIsTheBeginningOfALongerOne() {
    ThinkAdd task = new ThinkAdd();
    ColdStartCorpus corpus = ColdStartCorpus.draw(task, 200, STREAMS);
    assertEquals(
        corpus.demonstrations(),
        ColdStartCorpus.draw(task, 300, new RandomStreams(1)).demonstrations().subList(0, 200));
    assertNotEquals(corpus, ColdStartCorpus.draw(task, 200, new RandomStreams(2)));
  }

  @Test
  void anEmptyCorpusIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ColdStartCorpus.draw(new ThinkAdd(), 0, STREAMS));
  }

  /** Within four standard deviations of a binomial share. */
  private static void assertShare(double expected, int count, int of) {
    double tolerance = 4 * Math.sqrt(expected * (1 - expected) / of);
    assertEquals(expected, count / (double) of, tolerance);
  }
}
