package org.grpo4j.course.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.grpo4j.course.answers.AnswerSheet;
import org.grpo4j.course.judge.Finding;
import org.grpo4j.course.judge.Question;
import org.grpo4j.course.source.RealSource;

/**
 * Lab 10, "find the silent bug": three programs for a student, each with one fault, and what they
 * look like when they run.
 *
 * @param student name or number; two students have two draws
 * @param seed of the course and of its runs
 */
public record SilentBugs(String student, long seed) {

  /** The seed of this year: another one is another draw for everybody. */
  public static final long SEED = 1;

  private static final int LAB = 10;

  /** The names of the three. */
  static final List<String> NAMES = List.of("A", "B", "C");

  /** The files that a reader needs beside those that bugs are in. */
  private static final List<String> OTHER_SOURCES =
      List.of(
          "org/grpo4j/train/PpoTrainer.java",
          "org/grpo4j/objective/ValueLoss.java",
          "org/grpo4j/advantage/Whitening.java");

  /** The three, of which no two are in one file or have one symptom. */
  public List<Bug> drawn() {
    List<Bug> left = new ArrayList<>(Bug.all());
    SplittableRandom random = AnswerSheet.drawsOf(student, LAB, seed);
    List<Bug> drawn = new ArrayList<>();
    while (drawn.size() < NAMES.size()) {
      Bug next = left.remove(random.nextInt(left.size()));
      drawn.add(next);
      left.removeIf(
          bug ->
              bug.patch().file().equals(next.patch().file())
                  || bug.symptom().equals(next.symptom()));
    }
    return drawn;
  }

  /**
   * Writes sources and runs of the three, healthy runs and the file for the answers; takes about
   * three seconds a run.
   */
  public void write(Path directory) throws IOException {
    List<Bug> drawn = drawn();
    Set<String> files = new TreeSet<>(OTHER_SOURCES);
    Bug.all().forEach(bug -> files.add(bug.patch().file()));
    for (int i = 0; i < drawn.size(); i++) {
      Bug bug = drawn.get(i);
      Path program = directory.resolve(NAMES.get(i));
      for (String file : files) {
        boolean wrong = file.equals(bug.patch().file());
        Path source = program.resolve("sources").resolve(file);
        Files.createDirectories(source.getParent());
        Files.writeString(source, wrong ? bug.source() : RealSource.of(file));
      }
      BuggyProgram.of(bug).train(program.resolve("run"), seed);
      Path healthy = directory.resolve("healthy").resolve(bug.program());
      if (!Files.exists(healthy)) {
        BuggyProgram.healthy(bug.program()).train(healthy, seed);
      }
    }
    Files.writeString(directory.resolve(AnswerSheet.FILE), form(drawn));
  }

  private static String form(List<Bug> drawn) {
    StringBuilder form =
        new StringBuilder(
            """
            # file: as below sources/, or its name alone. line: in the file given here.
            # symptom: an id of the list in README.md. metric, update, value: one number of
            # run/metrics.csv that a healthy run does not have.
            """);
    for (int i = 0; i < drawn.size(); i++) {
      String name = NAMES.get(i);
      form.append("\n# %s: compare with healthy/%s\n".formatted(name, drawn.get(i).program()));
      for (String part : Diagnosis.PARTS) {
        form.append("%s %s: \"%s\"\n".formatted(name, part, AnswerSheet.OPEN));
      }
    }
    return form.toString();
  }

  /**
   * The judgement of the answers in {@code directory}. No sentence of it says where a bug is.
   *
   * @param runs where the numbers come from; those in the student's directory are not believed
   * @throws IllegalArgumentException if there is no such file, or it is not filled in as asked
   */
  public List<Finding> judge(Path directory, ReferenceRuns runs) throws IOException {
    AnswerSheet sheet = AnswerSheet.read(directory.resolve(AnswerSheet.FILE));
    List<Bug> drawn = drawn();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      String name = NAMES.get(i);
      List<Optional<String>> faults = new Diagnosis(sheet, name).judge(drawn.get(i), runs, seed);
      findings.add(finding(name + ": place", faults.get(0)));
      findings.add(finding(name + ": symptom", faults.get(1)));
      findings.add(finding(name + ": number", faults.get(2)));
    }
    boolean all = findings.stream().allMatch(finding -> finding.fault().isEmpty());
    findings.add(finding("all of it", all ? Optional.empty() : Optional.of("not yet")));
    return findings;
  }

  private static Finding finding(String title, Optional<String> fault) {
    return Finding.of(new Question(LAB, title, 1, 0), fault);
  }
}
