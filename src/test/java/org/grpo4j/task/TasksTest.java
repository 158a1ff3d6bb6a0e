package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.grpo4j.math.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every task. */
class TasksTest {

  static Stream<TaskSource> tasks() {
    return Tasks.names().stream().map(Tasks::byName);
  }

  @Test
  void everyPermittedTaskHasAName() {
    Set<Class<?>> named = new HashSet<>();
    tasks().forEach(task -> named.add(task.getClass()));
    assertEquals(new HashSet<>(Arrays.asList(TaskSource.class.getPermittedSubclasses())), named);
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    Exception error = assertThrows(IllegalArgumentException.class, () -> Tasks.byName("think"));
    assertEquals(
        "task: must be one of think-add, addc, countdown, chain, digit-sum, digit-sum-mod10,"
            + " got \"think\"",
        error.getMessage());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theNameFindsTheTask(TaskSource task) {
    assertEquals(task.getClass(), Tasks.byName(task.name()).getClass());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void promptsHaveTheLengthOfTheTaskAndKnownSymbols(TaskSource task) {
    for (Problem problem : allProblems(task)) {
      assertEquals(task.promptLength(), task.vocabulary().encode(problem.prompt()).length());
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void noPromptIsInBothPartsOrTwiceInOne(TaskSource task) {
    Set<String> prompts = new HashSet<>();
    for (Problem problem : allProblems(task)) {
      assertTrue(prompts.add(problem.prompt()), problem.prompt());
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theSplitIsTheSameInEveryRun(TaskSource task) {
    TaskSource again = Tasks.byName(task.name());
    assertEquals(task.heldOutProblems(), again.heldOutProblems());
    assertEquals(task.trainingProblems(), again.trainingProblems());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void demonstrationsFitTheLimitAndAreSometimesRight(TaskSource task) {
    int right = 0;
    ColdStartCorpus corpus = ColdStartCorpus.draw(task, 2000, new RandomStreams(7));
    for (int i = 0; i < corpus.size(); i++) {
      assertTrue(corpus.completionTokens(i).length() <= task.maxNewTokens());
      Demonstration shown = corpus.demonstrations().get(i);
      right += task.isCorrect(shown.problem(), shown.completion()) ? 1 : 0;
    }
    assertTrue(right > 200, right + " of 2000 are right");
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void noVerifierTripsOverHostileText(TaskSource task) {
    List<String> hostile =
        List.of("", "]", "[", "][", "[]", "[[]]", "[]]", "_", "=", "-", "+++++", "1-1-1-1-1", "()");
    SplittableRandom random = new SplittableRandom(3);
    List<String> texts = new ArrayList<>(hostile);
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(task.vocabulary().symbol(random.nextInt(task.vocabulary().size())));
      }
      texts.add(text.toString());
    }
    Problem problem = task.trainingProblems().get(0);
    for (String text : texts) {
      boolean correct = task.isCorrect(problem, text);
      assertTrue(!correct || !task.answerOf(text).isEmpty(), text);
    }
    for (String text : hostile) {
      assertFalse(task.isCorrect(problem, text), text);
    }
  }

  @Test
  void sizesAndOrderAreThoseOfTheRecipes() {
    assertEquals(7290, new ThinkAdd().trainingProblems().size());
    assertEquals(810, new ThinkAdd().heldOutProblems().size());
    assertEquals(810, new ReversedAddition().heldOutProblems().size());
    assertEquals(100, new DigitSum().evaluationProblems().size());
    assertEquals(0, new DigitSum().heldOutProblems().size());
    int countdown = allProblems(new Countdown()).size();
    assertEquals(
        Math.round(0.08 * countdown), new Countdown().heldOutProblems().size(), "of " + countdown);
    // Shuffled: the first held-out sums are not all of ten and something.
    assertTrue(
        new ThinkAdd()
                .heldOutProblems().subList(0, 100).stream()
                    .map(problem -> problem.prompt().charAt(0))
                    .distinct()
                    .count()
            > 5);
  }

  private static List<Problem> allProblems(TaskSource task) {
    List<Problem> problems = new ArrayList<>(task.trainingProblems());
    problems.addAll(task.heldOutProblems());
    return problems;
  }
}
