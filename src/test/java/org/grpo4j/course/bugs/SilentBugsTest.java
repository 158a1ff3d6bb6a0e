package org.grpo4j.course.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grpo4j.course.Labs;
import org.grpo4j.course.bugs.SilentBugs.Verdict;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three wrong programs for a student: what is drawn, what is handed out, how it is judged. */
class SilentBugsTest {

  private static final ReferenceRuns RUNS = new ReferenceRuns();

  @Test
  void everyStudentHasADrawOfHisOwn() {
    Set<List<String>> draws = new HashSet<>();
    Set<String> drawn = new HashSet<>();
    for (int student = 0; student < 100; student++) {
      List<String> ids = new SilentBugs("s" + student, 1).drawn().stream().map(Bug::id).toList();
      assertEquals(3, new HashSet<>(ids).size());
      draws.add(ids);
      drawn.addAll(ids);
    }
    assertTrue(draws.size() > 90, draws.size() + " of 100 draws differ");
    assertEquals(Bug.all().size(), drawn.size(), "every bug is drawn");
    SilentBugs ada = new SilentBugs("ada", 1);
    assertEquals(ada.drawn(), new SilentBugs("ada", 1).drawn());
    assertNotEquals(ada.drawn(), new SilentBugs("ada", 2).drawn());
  }

  @Test
  void thePageListsTheSymptoms() {
    String page = Labs.of("10").page();
    Bug.symptoms().forEach((id, text) -> assertTrue(page.contains("| `%s` | %s |".formatted(id, text)), id));
    for (Bug bug : Bug.all()) {
      assertTrue(Bug.symptoms().containsKey(bug.symptom()), bug.id());
    }
  }

  @Test
  void rightAnswersGetAllPointsAndWrongOnesAWordEach(@TempDir Path directory) throws IOException {
    SilentBugs lab = new SilentBugs("ada", 1);
    lab.write(directory);
    for (String name : SilentBugs.NAMES) {
      assertTrue(Files.exists(directory.resolve(name + "/run/report.html")), name);
      assertTrue(Files.exists(directory.resolve(name + "/run/trace")), name);
      assertFalse(Files.exists(directory.resolve(name + "/run/checkpoints")), name);
      try (Stream<Path> sources = Files.walk(directory.resolve(name + "/sources"))) {
        assertTrue(sources.filter(Files::isRegularFile).count() >= 8, name);
      }
    }
    assertEquals(0, points(lab.judge(directory, RUNS)), "nothing is answered yet");

    Map<String, Diagnosis> right = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      right.put(SilentBugs.NAMES.get(i), rightAnswer(lab.drawn().get(i)));
    }
    assertEquals(10, points(answered(lab, directory, right)));

    Diagnosis a = right.get("A");
    right.put("A", new Diagnosis(a.file(), a.line() + 30, "logits", a.metric(), a.update(), 77));
    List<Verdict> verdicts = answered(lab, directory, right);
    assertEquals(6, points(verdicts));
    assertEquals("line " + (a.line() + 30) + " is as it should be", verdicts.get(0).message());
    assertEquals("logits is not in the list", verdicts.get(1).message());
    assertTrue(verdicts.get(2).message().endsWith(" is not 77"), verdicts.get(2).message());
    assertEquals("not yet: A: line, A: symptom, A: number", verdicts.get(9).message());

    right.put("A", new Diagnosis(a.file(), a.line(), a.symptom(), "num_completions", 1, 128));
    assertTrue(
        answered(lab, directory, right).get(2).message().contains("no evidence"), "same in both");
  }

  private static Diagnosis rightAnswer(Bug bug) throws IOException {
    Map<String, DoubleVector> sick = RUNS.of(bug, 1);
    Map<String, DoubleVector> healthy = RUNS.healthy(bug.program(), 1);
    String metric = bug.number().column();
    int update = 0;
    while (Math.abs(sick.get(metric).get(update) - healthy.get(metric).get(update))
        <= 0.1 * Math.abs(healthy.get(metric).get(update))) {
      update++;
    }
    double value = sick.get(metric).get(update);
    String file = bug.patch().file();
    return new Diagnosis(
        file.substring(file.lastIndexOf('/') + 1),
        bug.lines().last(),
        bug.symptom(),
        metric,
        update,
        value);
  }

  private static List<Verdict> answered(
      SilentBugs lab, Path directory, Map<String, Diagnosis> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    answers.forEach(
        (name, a) ->
            text.append(
                "%s: {file: %s, line: %d, symptom: %s, metric: %s, update: %d, value: %s}%n"
                    .formatted(
                        name, a.file(), a.line(), a.symptom(), a.metric(), a.update(), a.value())));
    Files.writeString(directory.resolve(SilentBugs.ANSWERS), text);
    return lab.judge(directory, RUNS);
  }

  private static int points(List<Verdict> verdicts) {
    return verdicts.stream().mapToInt(Verdict::points).sum();
  }
}
