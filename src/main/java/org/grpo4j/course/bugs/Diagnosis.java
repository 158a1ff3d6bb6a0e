package org.grpo4j.course.bugs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.course.source.Patch;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;

/**
 * A student's answer about one program.
 *
 * @param file the wrong file: its path, or its name alone
 * @param line a line of the fault
 * @param symptom the id of the symptom
 * @param metric a column of the run's {@code metrics.csv}
 * @param update a row of it
 * @param value the number there
 */
record Diagnosis(
    String file, int line, String symptom, String metric, int update, double value) {

  /** A line more is as good: where a fault begins is a matter of taste. */
  private static final int LINES_AROUND = 1;

  private static final double SAME = 0.01;
  private static final double DIFFERENT = 0.1;

  List<SilentBugs.Verdict> judge(String name, Bug bug, ReferenceRuns runs, long seed)
      throws IOException {
    List<SilentBugs.Verdict> verdicts = new ArrayList<>();
    verdicts.add(verdict(name + ": line", place(bug)));
    verdicts.add(verdict(name + ": symptom", symptom(bug)));
    verdicts.add(
        verdict(
            name + ": number", number(runs.of(bug, seed), runs.healthy(bug.program(), seed))));
    return verdicts;
  }

  private static SilentBugs.Verdict verdict(String question, String problem) {
    boolean right = problem.isEmpty();
    return new SilentBugs.Verdict(question, right ? 1 : 0, 1, right ? "right" : problem);
  }

  private String place(Bug bug) {
    if (file.isBlank() || line <= 0) {
      return "not answered yet";
    }
    String real = bug.patch().file();
    if (!real.equals(file) && !real.endsWith("/" + file) && !file.endsWith("/" + real)) {
      return file + " is as it should be";
    }
    Patch.Lines lines = bug.lines();
    boolean there = line >= lines.first() - LINES_AROUND && line <= lines.last() + LINES_AROUND;
    return there ? "" : "line " + line + " is as it should be";
  }

  private String symptom(Bug bug) {
    if (symptom.isBlank()) {
      return "not answered yet";
    }
    if (!Bug.symptoms().containsKey(symptom)) {
      return symptom + " is not in the list";
    }
    return symptom.equals(bug.symptom()) ? "" : "this program does not have it: " + symptom;
  }

  private String number(Map<String, DoubleVector> sick, Map<String, DoubleVector> healthy) {
    DoubleVector column = sick.get(metric);
    if (column == null) {
      return metric.isBlank() ? "not answered yet" : "there is no column " + metric;
    }
    if (update < 0 || update >= column.size()) {
      return "there is no update " + update;
    }
    double there = column.get(update);
    if (!(Math.abs(there - value) <= SAME * Math.abs(there))) {
      return metric + " of update " + update + " is not " + Numbers.brief(value);
    }
    double usual = healthy.get(metric).get(update);
    return Math.abs(there - usual) > DIFFERENT * Math.abs(usual)
        ? ""
        : "the number is right, but no evidence: without a bug it is " + Numbers.brief(usual);
  }
}
