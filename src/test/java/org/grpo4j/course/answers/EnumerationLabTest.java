package org.grpo4j.course.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.course.judge.Finding;
import org.junit.jupiter.api.Test;

/** The lab of numbers: they agree with what can be written in closed form, and errors are named. */
class EnumerationLabTest {

  private static final int STUDENTS = 40;

  @Test
  void numbersAgreeWithClosedForms() {
    for (int student = 0; student < STUDENTS; student++) {
      SmallWorld world = EnumerationLab.world("student " + student);
      double g = world.groupSize();
      same((g - 1) / g, answer("group-mean-factor", world));
      same(
          meanFactor(world.hard(), g) / meanFactor(world.medium(), g),
          answer("mean-weights", world));
      same(world.probabilities().get(0) - world.reference().get(0), answer("k3-gradient", world));
      if (world.groupSize() == 3) {
        same(1, answer("deviation-weights", world)); // mixed groups of three have one deviation
      }
    }
  }

  /** Of rewards of 0 and 1 divided by their mean: {@code (1 - (1 - p)^(G - 1)) / p}. */
  private static double meanFactor(double p, double groupSize) {
    return (1 - Math.pow(1 - p, groupSize - 1)) / p;
  }

  private static double answer(String id, SmallWorld world) {
    return question(id).answer().applyAsDouble(world);
  }

  private static EnumerationQuestion question(String id) {
    return EnumerationQuestion.all().stream()
        .filter(q -> q.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static void same(double expected, double got) {
    assertEquals(expected, got, 1e-12 * Math.max(1, Math.abs(expected)));
  }

  @Test
  void noBaselineHasASmallerVarianceThanTheBest() {
    for (int student = 0; student < STUDENTS; student++) {
      SmallWorld world = EnumerationLab.world("student " + student);
      double best = answer("best-baseline", world);
      double least = EnumerationQuestion.oneSampleVariance(world, best);
      assertTrue(least <= answer("variance-alone", world));
      assertTrue(least <= answer("variance-baseline", world));
      assertTrue(least < EnumerationQuestion.oneSampleVariance(world, best + 0.01));
      assertTrue(least < EnumerationQuestion.oneSampleVariance(world, best - 0.01));
    }
  }

  @Test
  void rightAnswersGetEveryPoint() {
    for (int student = 0; student < STUDENTS; student++) {
      String name = "student " + student;
      Map<String, String> answers = new LinkedHashMap<>();
      for (EnumerationQuestion question : EnumerationQuestion.all()) {
        double right = question.answer().applyAsDouble(EnumerationLab.world(name));
        answers.put(question.id(), "%.4g".formatted(right));
      }
      List<Finding> findings = judged(answers, name);
      assertEquals(10, findings.stream().mapToInt(Finding::points).sum(), findings::toString);
    }
  }

  private static List<Finding> judged(Map<String, String> answers, String student) {
    return EnumerationLab.judge(new AnswerSheet(Path.of("answers.yaml"), answers), student);
  }

  @Test
  void knownMisunderstandingsAreNamedAndTheRightNumberIsNot() {
    SmallWorld world = EnumerationLab.world("Ada");
    int named = 0;
    for (EnumerationQuestion question : EnumerationQuestion.all()) {
      for (EnumerationQuestion.WrongAnswer wrong : question.wrong()) {
        Map<String, String> answers =
            Map.of(question.id(), String.valueOf(wrong.value().applyAsDouble(world)));
        Finding finding = of(question.id(), judged(answers, "Ada"));
        if (finding.fault().isPresent()) {
          named += finding.toString().contains("this is ") ? 1 : 0;
          String right = String.valueOf(question.answer().applyAsDouble(world));
          assertFalse(finding.fault().get().sentence().contains(right), finding.toString());
          assertEquals("", finding.fault().get().right());
        }
      }
    }
    assertTrue(named >= 20, "named " + named);
  }

  private static Finding of(String id, List<Finding> findings) {
    return findings.stream().filter(f -> f.question().title().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void openAnswersAndWordsAreSaidToBeThat() {
    List<Finding> findings = judged(Map.of("true-gradient", "large"), "Ada");
    assertTrue(of("true-gradient", findings).toString().contains("must be a number"));
    assertTrue(of("k2-bias", findings).toString().contains("not answered yet"));
  }

  @Test
  void fractionsAreNumbers() {
    AnswerSheet sheet = new AnswerSheet(Path.of("a"), Map.of("a", "3/4", "b", "1/0", "c", "1/2/3"));
    assertEquals(0.75, sheet.number("a").orElseThrow());
    assertTrue(sheet.number("b").isEmpty());
    assertTrue(sheet.number("c").isEmpty());
  }

  @Test
  void studentsAndYearsHaveWorldsOfTheirOwn() {
    Set<SmallWorld> worlds = new HashSet<>();
    for (int student = 0; student < STUDENTS; student++) {
      worlds.add(EnumerationLab.world("student " + student));
    }
    assertTrue(worlds.size() > STUDENTS * 3 / 4, "different worlds: " + worlds.size());
    assertNotEquals(EnumerationLab.world("2026-Ada"), EnumerationLab.world("2027-Ada"));
    assertEquals(EnumerationLab.world("Ada"), EnumerationLab.world(" Ada "));
  }
}
