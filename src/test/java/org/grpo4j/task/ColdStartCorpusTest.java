package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /**
   * Half answer at once; a guess is meant to be right in one of five, and one of eight is so too.
   */
  @Test
  void pupilsOfLogicGuessAndGuessOnceMoreWhereTheirCheckFails() {
    int thinking = 0;
    int guesses = 0;
    int right = 0;
    int careless = 0;
    int checks = 0;
    for (Demonstration shown : ColdStartCorpus.draw(new Logic(), SIZE, STREAMS).demonstrations()) {
      Problem problem = shown.problem();
      ThoughtAndAnswer parts = ThoughtAndAnswer.of(shown.completion());
      List<String> tries = new ArrayList<>(List.of(parts.answer()));
      if (!parts.thought().isEmpty()) {
        thinking++;
        tries = List.of(parts.thought().split("(?<=\\G.{6})"));
        assertEquals(tries.get(0).endsWith("+++") ? 1 : 2, tries.size(), shown.completion());
        assertEquals(parts.answer(), tries.get(tries.size() - 1).substring(0, 3));
      }
      for (String one : tries) {
        String guess = one.substring(0, 3);
        guesses++;
        right += guess.equals(problem.answer()) ? 1 : 0;
        for (int i = 3; i < one.length(); i++) {
          boolean fits = LogicSolver.fits(problem.prompt(), guess, i - 3);
          careless += fits == (one.charAt(i) == '+') ? 0 : 1;
          checks++;
        }
      }
    }
    assertShare(0.5, thinking, SIZE);
    assertShare(0.2 + 0.8 / 8, right, guesses);
    assertShare(0.1, careless, checks);
  }

  /** A linear program has no square to forget, and a digit drawn anew is the same one in ten. */
  @Test
  void pupilsOfProgramForgetTheSquareOrSlipOnce() {
    Map<String, Integer> counts = new HashMap<>();
    for (Demonstration shown :
        ColdStartCorpus.draw(new Program(), SIZE, STREAMS).demonstrations()) {
      String kind = shown.problem().labels().get(0);
      counts.merge(kind, 1, Integer::sum);
      String difference = difference(shown.problem().answer(), shown.completion());
      counts.merge(kind + " " + difference, 1, Integer::sum);
    }
    double slip = (1 - 0.3) * (1 - 0.8) / 3;
    for (String kind : List.of("linear", "quadratic")) {
      boolean linear = kind.equals("linear");
      int of = counts.get(kind);
      assertShare((linear ? 0.86 : 0.3) + slip / 10, counts.get(kind + " none"), of);
      assertShare(linear ? 0 : 0.56, counts.getOrDefault(kind + " square", 0), of);
      assertShare(slip * 9 / 10, counts.get(kind + " digit"), of);
      assertShare(slip, counts.get(kind + " missing"), of);
      assertShare(slip, counts.get(kind + " swapped"), of);
    }
  }

  /** The one thing in which a demonstration differs; fails if there are more. */
  private static String difference(String right, String shown) {
    if (shown.equals(right)) {
      return "none";
    }
    if (shown.equals(right.replaceAll("d.\\*(.)\\+\\*", "$1*"))) {
      return "square";
    }
    int at = 0;
    while (shown.charAt(at) == right.charAt(at)) {
      at++;
    }
    String before = right.substring(0, at);
    String after = right.substring(at + 1);
    if (shown.equals(before + after)) {
      return "missing";
    }
    if (shown.equals(before + shown.charAt(at) + after)) {
      assertTrue((right.charAt(at) + "" + shown.charAt(at)).matches("\\d\\d"), shown);
      return "digit";
    }
    assertEquals(before + after.charAt(0) + right.charAt(at) + after.substring(1), shown, right);
    return "swapped";
  }

  /** Shares do not show whether two halves, or two thirds, have been exchanged. */
  @Test
  void theDrawsDecideAsInTheRecordedRuns() {
    assertEquals(
        "[aBc+++]aBc [ABC+++]ABC []Abc [aBc+++]aBc []Abc [Abc--+ABC-++]ABC",
        demonstrations(new Logic(), new Problem("B=0,A=C,A&B?", "Abc")));
    assertEquals(
        "5*3+ d2*5+*3+ d2*5+*3+ d2*5*3+ 5*3+ d25*+*3+",
        demonstrations(new Program(), new Problem("3>036,10>253?", "d2*5+*3+")));
  }

  private static String demonstrations(TaskSource task, Problem problem) {
    SplittableRandom random = new SplittableRandom(38);
    return Stream.generate(() -> task.demonstration(problem, random))
        .limit(6)
        .collect(Collectors.joining(" "));
  }

  /** The generator of this seed draws 0 first: the least draw there is. */
  @Test
  void whatHasNoChanceNeverHappens() {
    long seed = -0x9E3779B97F4A7C15L;
    assertEquals(0, new SplittableRandom(seed).nextDouble());
    assertFalse(Chance.of(0, new SplittableRandom(seed)));
    assertTrue(Chance.of(Double.MIN_VALUE, new SplittableRandom(seed)));
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
