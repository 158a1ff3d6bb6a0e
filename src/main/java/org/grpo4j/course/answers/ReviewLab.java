package org.grpo4j.course.answers;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.course.source.RealSource;

/** The review of a trainer of ours with faults as they are found in published ones. */
public final class ReviewLab {

  /** The file to review. */
  static final String FILE = "ReviewedTrainer.java";

  /** So many claims are read; there are fewer faults. */
  private static final int MOST_CLAIMS = 14;

  private static final int LEAST_WORDS = 5;

  private ReviewLab() {}

  /**
   * A fault.
   *
   * @param kind its name in the list of the page
   * @param places text of the lines that it shows in
   * @param what what is wrong
   */
  record Fault(String kind, List<String> places, String what) {

    /** Whether the line is one of the places, or next to one. */
    boolean isAt(double line) {
      String source = source();
      for (String place : places) {
        for (int at = source.indexOf(place); at >= 0; at = source.indexOf(place, at + 1)) {
          long first = 1 + source.substring(0, at).chars().filter(c -> c == '\n').count();
          if (Math.abs(line - first) <= 1) {
            return true;
          }
        }
      }
      return false;
    }
  }

  static List<Fault> faults() {
    return CourseYaml.read(
        RealSource.resource("review/faults.yaml"), "faults.yaml", new TypeReference<>() {});
  }

  /** Writes the trainer and the sheet for its faults. */
  public static void write(Path project) throws IOException {
    Files.writeString(project.resolve(AnswerSheet.FILE), sheet());
    Files.writeString(project.resolve(FILE), source());
  }

  /** The text of the file to review. */
  static String source() {
    return RealSource.resource("review/" + FILE);
  }

  /** The sheet to fill in. */
  static String sheet() {
    StringBuilder text =
        new StringBuilder(
            """
            # One fault each: a line it is in, its kind from the list in README.md, and evidence in
            # a sentence: what comes out that should not. A claim that is wrong costs a point.
            """);
    for (int claim = 1; claim <= MOST_CLAIMS; claim++) {
      text.append(
          "\n%d line: \"?\"\n%d kind: \"?\"\n%d evidence: \"?\"\n".formatted(claim, claim, claim));
    }
    return text.toString();
  }

  /**
   * The judgement of a sheet: a point for each fault that was found, less one for each claim that
   * is wrong. The feedback names these claims.
   */
  public static GradedQuestion judge(AnswerSheet sheet) {
    List<Fault> faults = faults();
    Set<String> found = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (int claim = 1; claim <= MOST_CLAIMS; claim++) {
      String kind = sheet.text(claim + " kind");
      OptionalDouble line = sheet.number(claim + " line");
      if (kind.equals(AnswerSheet.OPEN) && line.isEmpty()) {
        continue;
      }
      boolean right =
          faults.stream()
              .anyMatch(
                  fault ->
                      fault.kind().equals(kind)
                          && line.isPresent()
                          && fault.isAt(line.getAsDouble()));
      if (!right) {
        problems.add("claim %d: there is no such fault in that line".formatted(claim));
      } else if (sheet.text(claim + " evidence").split("\\s+").length < LEAST_WORDS) {
        problems.add("claim %d: say in a sentence what comes out that should not".formatted(claim));
      } else if (!found.add(kind)) {
        problems.add("claim %d: was claimed already".formatted(claim));
      }
    }
    int points = Math.max(0, found.size() - problems.size());
    problems.add(0, "%d of %d faults found".formatted(found.size(), faults.size()));
    return new GradedQuestion("Faults", points, faults.size(), problems);
  }
}
