package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The problems that single tasks have. */
class ProblemsTest {

  /** Everything that can be said, solved by the verifier: where one solution is, a problem is. */
  @Test
  void thePuzzlesOfLogicAreThoseWithOneSolution() {
    Map<String, String> answers = new HashMap<>();
    TasksTest.allProblems(new Logic())
        .forEach(problem -> answers.put(problem.prompt(), problem.answer()));
    int unique = 0;
    for (String a : sayings('A')) {
      for (String b : sayings('B')) {
        for (String c : sayings('C')) {
          String prompt = a + "," + b + "," + c + "?";
          List<String> found = LogicSolver.solutions(prompt);
          unique += found.size() == 1 ? 1 : 0;
          assertEquals(found.size() == 1 ? found.get(0) : null, answers.get(prompt), prompt);
        }
      }
    }
    assertEquals(answers.size(), unique);
  }

  private static List<String> sayings(char speaker) {
    List<String> said = new ArrayList<>();
    for (char x = 'A'; x <= 'C'; x++) {
      for (char y = 'A'; y <= 'C'; y++) {
        for (String operator : x == y ? List.<String>of() : List.of("&", "|", "=", "#")) {
          said.add(x + operator + y);
        }
      }
      if (x != speaker) {
        said.addAll(List.of(x + "=0", x + "=1"));
      }
    }
    return said;
  }

  /** The numbers from 10 to 999 are their values at ten; each is asked at 2 to 9 as well. */
  @Test
  void theProblemsOfProgramAreThePolynomialsWithDigitsAsCoefficients() {
    Map<String, List<String>> expected = new HashMap<>();
    for (int atTen = 10; atTen <= 999; atTen++) {
      for (int x = 2; x <= 9; x++) {
        int value = atTen / 100 * x * x + atTen / 10 % 10 * x + atTen % 10;
        String prompt = "%d>%03d,10>%03d?".formatted(x, value, atTen);
        expected.put(prompt, List.of(atTen < 100 ? "linear" : "quadratic"));
      }
    }
    Map<String, List<String>> found = new HashMap<>();
    Program task = new Program();
    for (Problem problem : TasksTest.allProblems(task)) {
      found.put(problem.prompt(), problem.labels());
    }
    assertEquals(expected, found);
    for (Problem problem : task.heldOutProblems()) {
      assertTrue(task.isCorrect(problem, problem.answer()), problem.toString());
    }
  }

  @Test
  void sizesAndOrderAreThoseOfTheRecipes() {
    assertEquals(7290, new ThinkAdd().trainingProblems().size());
    assertEquals(810, new ThinkAdd().heldOutProblems().size());
    assertEquals(810, new ReversedAddition().heldOutProblems().size());
    assertEquals(100, new DigitSum.BothDigits().evaluationProblems().size());
    assertEquals(0, new DigitSum.BothDigits().heldOutProblems().size());
    assertEquals(9000, TasksTest.allProblems(new DigitChain()).size());
    assertEquals(900, new DigitChain().heldOutProblems().size());
    int countdown = TasksTest.allProblems(new Countdown()).size();
    assertEquals(
        Math.round(0.08 * countdown), new Countdown().heldOutProblems().size(), "of " + countdown);
    // A number plus itself has no twin; about a tenth of these 90 sums is held out like the rest.
    long doubled =
        new ThinkAdd()
            .heldOutProblems().stream()
                .filter(problem -> problem.prompt().matches("(..)\\+\\1="))
                .count();
    assertTrue(doubled >= 4 && doubled <= 16, doubled + " of 90");
    // Shuffled: the first held-out sums are not all of ten and something.
    assertTrue(
        new ThinkAdd()
                .heldOutProblems().subList(0, 100).stream()
                    .map(problem -> problem.prompt().charAt(0))
                    .distinct()
                    .count()
            > 5);
  }
}
