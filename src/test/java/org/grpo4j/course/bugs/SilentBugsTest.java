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
import org.grpo4j.course.Lab;
import org.grpo4j.course.answers.AnswerSheet;
import org.grpo4j.course.judge.Finding;
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
    String page = Lab.of("10").page();
    Bug.symptoms()
        .forEach((id, text) -> assertTrue(page.contains("| `%s` | %s |".formatted(id, text)), id));
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

    Map<String, String> right = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      answer(right, SilentBugs.NAMES.get(i), lab.drawn().get(i));
    }
    assertEquals(10, points(answered(lab, directory, right)));

    Map<String, String> wrong = new TreeMap<>(right);
    wrong.putAll(Map.of("A line", "9999", "A symptom", "logits", "A value", "777"));
    List<Finding> findings = answered(lab, directory, wrong);
    assertEquals(6, points(findings));
    assertEquals("line 9999 is as it should be", sentence(findings.get(0)));
    assertEquals("logits is not in the list", sentence(findings.get(1)));
    assertTrue(sentence(findings.get(2)).endsWith(" is another number"));
    assertEquals("not yet", sentence(findings.get(9)));

    wrong.putAll(Map.of("A metric", "num_completions", "A update", "0"));
    wrong.put("A value", "64");
    assertTrue(sentence(answered(lab, directory, wrong).get(2)).contains("no evidence"));
  }

  /** The first number of the column that gives it away which a healthy run does not have. */
  private static void answer(Map<String, String> answers, String name, Bug bug) throws IOException {
    String metric = bug.number().column();
    DoubleVector sick = RUNS.of(bug, 1).get(metric);
    DoubleVector healthy = RUNS.healthy(bug.program(), 1).get(metric);
    int update = 0;
    while (Math.abs(sick.get(update) - healthy.get(update))
        <= 0.1 * Math.abs(healthy.get(update))) {
      update++;
    }
    String file = bug.patch().file();
    answers.put(name + " file", file.substring(file.lastIndexOf('/') + 1));
    answers.put(name + " line", "" + bug.lines().last());
    answers.put(name + " symptom", bug.symptom());
    answers.put(name + " metric", metric);
    answers.put(name + " update", "" + update);
    answers.put(name + " value", "" + sick.get(update));
  }

  private static List<Finding> answered(SilentBugs lab, Path directory, Map<String, String> answers)
      throws IOException {
    StringBuilder text = new StringBuilder();
    answers.forEach((name, value) -> text.append(name + ": " + value + "\n"));
    Files.writeString(directory.resolve(AnswerSheet.FILE), text);
    return lab.judge(directory, RUNS);
  }

  private static String sentence(Finding finding) {
    return finding.fault().orElseThrow().sentence();
  }

  private static int points(List<Finding> findings) {
    return findings.stream().mapToInt(Finding::points).sum();
  }
}
