package org.grpo4j.course.bugs;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.course.source.RealSource;

/**
 * Lab 10, "find the silent bug": three programs for a student, each with one fault, and what they
 * look like when they run.
 *
 * @param student name or number; two students have two draws
 * @param seed of the course and of its runs
 */
public record SilentBugs(String student, long seed) {

  /** The file for the answers. */
  public static final String ANSWERS = "answers.yaml";

  /** The seed of this year: another one is another draw for everybody. */
  public static final long SEED = 1;

  /** The names of the three. */
  static final List<String> NAMES = List.of("A", "B", "C");

  /** What a reader needs beside the files that bugs are in. */
  private static final List<String> OTHER_SOURCES =
      List.of(
          "org/grpo4j/train/PpoTrainer.java",
          "org/grpo4j/objective/ValueLoss.java",
          "org/grpo4j/advantage/Whitening.java");

  /** The three, of which no two are in one file or have one symptom. */
  public List<Bug> drawn() {
    List<Bug> left = new ArrayList<>(Bug.all());
    SplittableRandom random = new SplittableRandom(hash());
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

  /** The same on every machine and in every version of Java. */
  private long hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((seed + "\n" + student).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
    Files.writeString(directory.resolve(ANSWERS), questions(drawn));
  }

  private static String questions(List<Bug> drawn) {
    StringBuilder text =
        new StringBuilder(
            """
            # file: as below sources/, or its name alone. line: in the file given here.
            # symptom: an id of the list in README.md. metric, update, value: one number of
            # run/metrics.csv that a healthy run does not have.
            """);
    for (int i = 0; i < drawn.size(); i++) {
      text.append("%s: # compare with healthy/%s\n".formatted(NAMES.get(i), drawn.get(i).program()))
          .append("  file: \"\"\n  line: 0\n  symptom: \"\"\n  metric: \"\"\n")
          .append("  update: 0\n  value: 0\n");
    }
    return text.toString();
  }

  /**
   * A judged answer.
   *
   * @param question program and part: {@code A: line}
   * @param points got
   * @param possible what could be got
   * @param message why
   */
  public record Verdict(String question, int points, int possible, String message) {}

  /**
   * What is right in the answers of {@code directory}: one point each for place, symptom and number
   * of every program, one more if all is right. No message says where a bug is.
   *
   * @param runs where the numbers come from; those in the student's directory are not believed
   * @throws IllegalArgumentException if there is no such file, or it is not filled in as asked
   */
  public List<Verdict> judge(Path directory, ReferenceRuns runs) throws IOException {
    Path file = directory.resolve(ANSWERS);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(ANSWERS + ": is missing");
    }
    Map<String, Diagnosis> answers =
        CourseYaml.read(Files.readString(file), ANSWERS, new TypeReference<>() {});
    List<Bug> drawn = drawn();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      Diagnosis answer = answers.get(NAMES.get(i));
      if (answer == null) {
        throw new IllegalArgumentException(ANSWERS + ": has no " + NAMES.get(i));
      }
      verdicts.addAll(answer.judge(NAMES.get(i), drawn.get(i), runs, seed));
    }
    String wrong =
        verdicts.stream()
            .filter(verdict -> verdict.points() == 0)
            .map(Verdict::question)
            .collect(Collectors.joining(", "));
    int point = wrong.isEmpty() ? 1 : 0;
    verdicts.add(new Verdict("all", point, 1, wrong.isEmpty() ? "right" : "not yet: " + wrong));
    return verdicts;
  }
}
