package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of completions and whether they are right. */
class VerifierTest {

  @ParameterizedTest
  @CsvSource({
    "[231]132, 231, 132",
    "[]132, '', 132",
    "[231], 231, ''",
    "132, '', 132",
    "[23]1]132, '', [23]1]132",
    "[2[1]132, '', [2[1]132",
    "1[231]132, '', 1[231]132",
    "]231[132, '', ]231[132",
    "[231, '', [231",
  })
  void aThoughtIsWellFormedOrThereIsNone(String text, String thought, String answer) {
    assertEquals(new ThoughtAndAnswer(thought, answer), ThoughtAndAnswer.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "[231]132, true",
        "[]132, true",
        "132, true",
        "[nonsense]132, true",
        "[22]22, false",
        "[231]131, false",
        "[132], false",
        "[231]0132, false",
        "[231]132_, false",
        "[231]+132, false",
        "[[231]132, false",
        "[231]]132, false",
        "[231][]132, false",
        "x[231]132, false",
        "]132, false",
        "[132, false",
        "[231]132132, false",
        "'', false",
      })
  void thinkAdd(String completion, boolean right) {
    Problem problem = new Problem("47+85=", "132");
    assertEquals(right, new ThinkAdd().isCorrect(problem, completion));
  }

  @ParameterizedTest
  @CsvSource({
    "[231]132, true",
    "[cdb]132, true",
    "[2d1]132, true",
    "[cdb]bdc, false",
    "[cdb]13c, false",
    "bdc, false",
  })
  void bilingualAdd(String completion, boolean right) {
    Problem problem = new Problem("47+85=", "132");
    assertEquals(right, new BilingualAdd().isCorrect(problem, completion));
    int judged = new BilingualAdd().stepsCorrect(problem, completion).size();
    assertEquals(completion.startsWith("[") ? 3 : 0, judged);
    assertEquals(List.of(true, true, false), new BilingualAdd().stepsCorrect(problem, "[2dj]132"));
  }

  @ParameterizedTest
  @CsvSource({"[83]38, true", "[]38, true", "[84]48, false", "[83]83, false", "[83], false"})
  void thinkSubtract(String completion, boolean right) {
    assertEquals(right, new ThinkSubtract().isCorrect(new Problem("85-47=", "38"), completion));
  }

  @ParameterizedTest
  @CsvSource({"Abc, true", "ABc, false", "abc, false", "Ab, false", "Abcc, false", "'', false"})
  void logic(String completion, boolean right) {
    Problem problem = new Problem("B=0,A=C,A=0?", "");
    assertEquals(List.of("Abc"), LogicSolver.solutions(problem.prompt()));
    assertEquals(right, new Logic().isCorrect(problem, completion));
  }

  /** The last one is a table of what the prompt shows, and wrong in the hidden tests. */
  @ParameterizedTest
  @CsvSource({
    "2*3+, true",
    "d3++, true",
    "d+3+, true",
    "3s2*+, true",
    "2*3+0(), false",
    "2*3+0(1)+, true",
    "3+2*, false",
    "p5, false",
    "2*3, false",
    "2*3+0, false",
    "2*3+(, false",
    "'', false",
    "d(p4s-)3+, false",
  })
  void program(String completion, boolean right) {
    Problem problem = new Problem("0>03,1>05,4>11?", "2*3+");
    assertEquals(right, new Program().isCorrect(problem, completion));
  }

  @Test
  void hiddenTestsTellAProgramFromOneThatFitsTheExamples() {
    Problem problem = new Problem("0>00,1>01,1>01?", "d*");
    assertEquals(OptionalInt.of(1), new StackProgram("").run(1));
    assertEquals(false, new Program().isCorrect(problem, ""), "right for 0 and 1 only");
    assertEquals(true, new Program().isCorrect(problem, "d*"));
    // The fourth power is too large a number at 10, twice that at 9 too.
    Problem one = new Problem("1>01?", "p1");
    assertEquals(true, new Program().isCorrect(one, "d*d*p1"), "10 is not among the hidden tests");
    assertEquals(false, new Program().isCorrect(one, "d*d*2*p1"), "9 is the last of them");
  }

  @ParameterizedTest
  @CsvSource({"231, true", "132, false", "22, false", "2310, false", "23, false", "'', false"})
  void reversedAddition(String completion, boolean right) {
    Problem problem =
        new ReversedAddition()
            .trainingProblems().stream()
                .filter(candidate -> candidate.answer().equals("231"))
                .findFirst()
                .orElseThrow();
    assertEquals(right, new ReversedAddition().isCorrect(problem, completion));
  }

  @ParameterizedTest
  @CsvSource({
    "3*7+5, true",
    "5+3*7, true",
    "7*3+5, true",
    "5+7*3, true",
    "3+5*7, false", // 38: multiplication first
    "3*7+7, false",
    "3*7+5+0, false",
    "26, false",
    "21+5, false",
    "3*7-5, false",
    "3*7+_, false",
    "(3*7+5, false",
    "+3*7+, false",
    "'', false",
  })
  void countdown(String completion, boolean right) {
    assertEquals(right, new Countdown().isCorrect(new Problem("3,5,7:26=", "26"), completion));
  }

  @Test
  void countdownTakesEqualNumbersOnceEach() {
    Problem problem = new Problem("3,3,7:21=", "21");
    assertEquals(false, new Countdown().isCorrect(problem, "3*7*1"));
    assertEquals(false, new Countdown().isCorrect(problem, "3+3*7"));
    assertEquals(true, new Countdown().isCorrect(new Problem("3,3,7:24=", "24"), "3+3*7"));
    assertEquals(false, new Countdown().isCorrect(new Problem("3,3,7:24=", "24"), "3*7+7"));
  }

  @ParameterizedTest
  @CsvSource({"3*7+5,26", "3+5*7,38", "9-8-7,-6", "2*3*4,24", "2-3*4,-10", "2*3-4,2", "9-8+7,8"})
  void countdownExpressionsHaveTheUsualPrecedence(String text, int value) {
    assertEquals(value, new CountdownExpression(text).value());
  }

  @ParameterizedTest
  @CsvSource({"[7082]2, true", "[]2, true", "2, true", "[7082]3, false", "[7082], false"})
  void digitChain(String completion, boolean right) {
    assertEquals(right, new DigitChain().isCorrect(new Problem("7384_=", "2"), completion));
  }

  @Test
  void digitChainJudgesEachStep() {
    Problem problem = new Problem("7384_=", "2");
    assertEquals(
        List.of(true, false, true, true, false),
        new DigitChain().stepsCorrect(problem, "[71822]2"));
    assertEquals(List.of(), new DigitChain().stepsCorrect(problem, "[70822"));
  }

  @Test
  void digitSumsFillUpWithZero() {
    assertEquals("03", answer(new DigitSum.BothDigits(), "1+2="));
    assertEquals("11", answer(new DigitSum.BothDigits(), "3+8="));
    assertEquals("1", answer(new DigitSum.LastDigit(), "3+8="));
  }

  private static String answer(TaskSource task, String prompt) {
    for (Problem problem : task.trainingProblems()) {
      if (problem.prompt().equals(prompt)) {
        return problem.answer();
      }
    }
    throw new AssertionError("no problem " + prompt);
  }
}
