package org.grpo4j.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.grpo4j.experiment.config.Chosen;
import org.grpo4j.experiment.config.DefaultKinds;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.train.sampling.PromptSampler;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every task. */
class TasksTest {

  private static final Map<String, Chosen<TaskSource>> ALL = DefaultKinds.all(TaskSource.class);

  /** Tasks know nothing of their names, and an assertion should show one. */
  static Stream<Named<TaskSource>> tasks() {
    return ALL.values().stream().map(task -> Named.of(task.name(), task.make()));
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

  /** Not only is no test problem trained on: none of its twins is, in no part of a run. */
  @ParameterizedTest
  @MethodSource("tasks")
  void noTwinOfAHeldOutProblemIsEverTrainedOn(TaskSource task) {
    Set<String> heldOut = new HashSet<>();
    task.heldOutProblems().forEach(problem -> heldOut.add(task.twinKey(problem)));
    List<Problem> trainedOn = new ArrayList<>(task.trainingProblems());
    RandomStreams random = new RandomStreams(5);
    for (Demonstration shown : ColdStartCorpus.draw(task, 5000, random).demonstrations()) {
      trainedOn.add(shown.problem());
    }
    PromptSampler prompts = new PromptSampler(task.trainingProblems(), random);
    for (int update = 0; update < 50; update++) {
      trainedOn.addAll(prompts.sample(update, 64));
    }
    for (Problem problem : trainedOn) {
      assertFalse(
          heldOut.contains(task.twinKey(problem)),
          problem.prompt() + " is trained on, and a twin of it is held out");
    }
  }

  /** Where people are renamed, in the puzzles of logic, as many of them are knights. */
  @ParameterizedTest
  @MethodSource("tasks")
  void twinsHaveTheSameAnswer(TaskSource task) {
    Map<String, String> answers = new HashMap<>();
    for (Problem problem : allProblems(task)) {
      String answer = problem.answer();
      if (task instanceof Logic) {
        answer = answer.replaceAll("[a-z]", "").length() + " knights";
      }
      String known = answers.putIfAbsent(task.twinKey(problem), answer);
      assertTrue(known == null || known.equals(answer), problem.prompt());
    }
  }

  /** So the first n questions of an evaluation are n different ones. */
  @ParameterizedTest
  @MethodSource("tasks")
  void theHeldOutProblemsBeginWithOneOfEveryTwins(TaskSource task) {
    List<String> keys = task.heldOutProblems().stream().map(task::twinKey).toList();
    Set<String> different = new HashSet<>(keys);
    assertEquals(different, new HashSet<>(keys.subList(0, different.size())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "think-add 47+85= 85+47= 45+87=",
        "addc 12+90= 90+12= 21+90=",
        "countdown 3,5,7:26= 7,3,5:26= 3,5,7:27=",
        "chain 7384_= 8473_= 73840=",
        "digit-sum 3+8= 8+3= 3+7=",
        "digit-sum-mod10 0+9= 9+0= 0+8=",
        "bilingual-add 47+85= 85+47= 45+87=",
        "logic B=0,A=C,A=0? B=0,C=0,B=A? B=0,A=C,A=1?",
        "logic B|C,C#A,B=1? C|B,A#C,B=1? B|C,C=A,B=1?",
      })
  void twinsHaveTheSameOperandsInAnotherOrder(String name, String one, String twin, String other) {
    TaskSource task = ALL.get(name).make();
    String key = task.twinKey(new Problem(one, ""));
    assertEquals(key, task.twinKey(new Problem(twin, "")));
    assertNotEquals(key, task.twinKey(new Problem(other, "")));
  }

  @Test
  void theSplitIsTheSameInEveryRun() {
    ALL.values().forEach(task -> assertSameSplit(task.make(), task.make()));
  }

  private static void assertSameSplit(TaskSource task, TaskSource again) {
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
      assertTrue(!correct || !task.answerOf(problem, text).isEmpty(), text);
    }
    for (String text : hostile) {
      assertFalse(task.isCorrect(problem, text), text);
    }
  }

  static List<Problem> allProblems(TaskSource task) {
    List<Problem> problems = new ArrayList<>(task.trainingProblems());
    problems.addAll(task.heldOutProblems());
    return problems;
  }
}
