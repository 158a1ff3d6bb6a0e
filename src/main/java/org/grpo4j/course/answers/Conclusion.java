package org.grpo4j.course.answers;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A student's conclusion from a recorded experiment of two variants.
 *
 * @param measure the number that decides, a name of the record such as {@code accuracy}
 * @param changed the settings in which the variants differ
 * @param better name of the better variant, or {@code undecided}
 * @param difference the second variant minus the first, mean over the seeds
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param because why, in words
 */
record Conclusion(
    String measure,
    Set<String> changed,
    String better,
    double difference,
    double low,
    double high,
    String because) {

  /** The value of {@link #better} if the interval contains 0. */
  static final String UNDECIDED = "undecided";

  /** The conclusion on a sheet. */
  static Conclusion of(AnswerSheet sheet) {
    String changed = sheet.text("changed").replaceAll("[\\[\\]\\s]", "");
    return new Conclusion(
        sheet.text("measure"),
        new TreeSet<>(List.of(changed.split(","))),
        sheet.text("better"),
        sheet.number("difference").orElse(Double.NaN),
        sheet.number("low").orElse(Double.NaN),
        sheet.number("high").orElse(Double.NaN),
        sheet.text("because"));
  }
}
