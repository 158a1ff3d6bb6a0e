package org.grpo4j.course.bugs;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.course.answers.AnswerSheet;
import org.grpo4j.course.source.Patch;
import org.grpo4j.math.DoubleVector;

/**
 * A student's answer about one program, in parts: {@code file}, the wrong file's path or its name
 * alone, and {@code line}, a line of the fault; {@code symptom}, the id of the symptom; {@code
 * metric}, a column of the run's {@code metrics.csv}, {@code update}, a row of it, and {@code
 * value}, the number there.
 *
 * @param sheet the sheet with the parts
 * @param name name of the program, with which the parts' names begin
 */
record Diagnosis(AnswerSheet sheet, String name) {

  static final List<String> PARTS = List.of("file", "line", "symptom", "metric", "update", "value");

  /** A line more is as good: where a fault begins is a matter of taste. */
  private static final int LINES_AROUND = 1;

  private static final double SAME = 0.01;
  private static final double DIFFERENT = 0.1;
  private static final String OPEN = "not answered yet";

  private String text(String part) {
    return sheet.text(name + " " + part);
  }

  private OptionalDouble number(String part) {
    return sheet.number(name + " " + part);
  }

  /** The faults of place, symptom and number, in this order; empty where it is right. */
  List<Optional<String>> judge(Bug bug, ReferenceRuns runs, long seed) throws IOException {
    return List.of(
        place(bug.patch().file(), bug.lines()),
        symptom(bug),
        number(runs.of(bug, seed), runs.healthy(bug.program(), seed)));
  }

  /** The fault of the place, if it is not one of {@code lines} of {@code real} or next to them. */
  private Optional<String> place(String real, Patch.Lines lines) {
    String file = text("file");
    OptionalDouble line = number("line");
    if (file.equals(AnswerSheet.OPEN) || line.isEmpty()) {
      return Optional.of(OPEN);
    }
    if (!file.endsWith(real) && !real.endsWith("/" + file)) {
      return Optional.of(file + " is as it should be");
    }
    double distance =
        Math.max(lines.first() - line.getAsDouble(), line.getAsDouble() - lines.last());
    return distance <= LINES_AROUND
        ? Optional.empty()
        : Optional.of("line %.0f is as it should be".formatted(line.getAsDouble()));
  }

  private Optional<String> symptom(Bug bug) {
    String symptom = text("symptom");
    if (symptom.equals(AnswerSheet.OPEN)) {
      return Optional.of(OPEN);
    }
    if (!Bug.symptoms().containsKey(symptom)) {
      return Optional.of(symptom + " is not in the list");
    }
    return symptom.equals(bug.symptom())
        ? Optional.empty()
        : Optional.of("this program does not have it: " + symptom);
  }

  private Optional<String> number(
      Map<String, DoubleVector> sick, Map<String, DoubleVector> healthy) {
    String metric = text("metric");
    OptionalDouble update = number("update");
    OptionalDouble value = number("value");
    if (metric.equals(AnswerSheet.OPEN) || update.isEmpty() || value.isEmpty()) {
      return Optional.of(OPEN);
    }
    DoubleVector column = sick.get(metric);
    DoubleVector usual = healthy.get(metric);
    if (column == null || usual == null) {
      return Optional.of("there is no column " + metric);
    }
    int row = (int) update.getAsDouble();
    if (row < 0 || row >= column.size()) {
      return Optional.of("there is no update " + row);
    }
    double there = column.get(row);
    if (!(Math.abs(there - value.getAsDouble()) <= SAME * Math.abs(there))) {
      return Optional.of("%s of update %d is another number".formatted(metric, row));
    }
    return Math.abs(there - usual.get(row)) > DIFFERENT * Math.abs(usual.get(row))
        ? Optional.empty()
        : Optional.of("the number is right and no evidence: without the bug it is nearly the same");
  }
}
