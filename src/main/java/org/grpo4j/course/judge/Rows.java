package org.grpo4j.course.judge;

import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.DoubleUnaryOperator;
import org.grpo4j.course.catalogue.BatchLoss;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Answers as tables of numbers, as text, and measured. */
final class Rows {

  private static final double STEP = 1e-6;
  private static final int SHOWN_NUMBERS = 12;
  private static final int SHOWN_ROWS = 8;

  private Rows() {}

  static TokenTable of(double... numbers) {
    return TokenTable.of(new double[][] {numbers});
  }

  static TokenTable of(DoubleVector row) {
    return of(row.toArray());
  }

  static TokenTable loss(BatchLoss loss) {
    return of(loss.loss());
  }

  /** Numbers separated by commas, rows by bars; of a long row only the beginning. */
  static String text(TokenTable table, boolean exact) {
    StringJoiner rows = new StringJoiner(" | ");
    for (int i = 0; i < Math.min(table.rows(), SHOWN_ROWS); i++) {
      StringJoiner row = new StringJoiner(", ");
      for (int t = 0; t < Math.min(table.length(i), SHOWN_NUMBERS); t++) {
        double one = table.get(i, t);
        row.add(exact ? String.valueOf(one) : Numbers.brief(one));
      }
      rows.add(row + (table.length(i) > SHOWN_NUMBERS ? ", ..." : ""));
    }
    return rows + (table.rows() > SHOWN_ROWS ? " | ..." : "");
  }

  static String text(TokenTable table) {
    return text(table, false);
  }

  static String text(DoubleVector vector) {
    return text(of(vector), false);
  }

  /** The group of each row. */
  static String text(RowGroups groups) {
    StringJoiner text = new StringJoiner(", ");
    for (int i = 0; i < groups.rows(); i++) {
      text.add(String.valueOf(groups.groupOf(i)));
    }
    return text.toString();
  }

  /** The sentence of a submission that failed; failures of the course speak for themselves. */
  static String thrown(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnsupportedOperationException) {
      return "not written yet" + (e.getMessage() == null ? "" : ": " + message);
    }
    boolean ours = e.getClass().getName().startsWith("org.grpo4j.course.");
    return ours ? message : e.getClass().getSimpleName() + ": " + message;
  }

  static boolean finite(TokenTable table) {
    for (int i = 0; i < table.rows(); i++) {
      for (double one : table.row(i).toArray()) {
        if (!Double.isFinite(one)) {
          return false;
        }
      }
    }
    return true;
  }

  /** The largest absolute value of the finite numbers. */
  static double largest(TokenTable table) {
    double largest = 0;
    for (int i = 0; i < table.rows(); i++) {
      for (double one : table.row(i).toArray()) {
        largest = Double.isFinite(one) ? Math.max(largest, Math.abs(one)) : largest;
      }
    }
    return largest;
  }

  /** Equal as far as a finite difference can tell. */
  static boolean near(double one, double other) {
    double scale = Math.max(1e-3, Math.max(Math.abs(one), Math.abs(other)));
    return Math.abs(one - other) <= 1e-5 * scale;
  }

  /** {@code found} unless something holds. */
  static Optional<String> unless(boolean holds, String found) {
    return holds ? Optional.empty() : Optional.of(found);
  }

  /** The words for another number than the right one. */
  static Optional<String> differs(double right, double yours) {
    return unless(near(right, yours), brief(right) + ", yours " + brief(yours));
  }

  /** The words for another slope than the finite difference; none at a kink. */
  static Optional<String> slope(DoubleUnaryOperator function, double at, double yours) {
    double here = function.applyAsDouble(at);
    double above = (function.applyAsDouble(at + STEP) - here) / STEP;
    double below = (here - function.applyAsDouble(at - STEP)) / STEP;
    double middle = (above + below) / 2;
    boolean kink = Math.abs(above - below) > 1e-3 * Math.max(1, Math.abs(middle));
    double most = 1e-4 * Math.max(Math.abs(middle), 1e-2);
    return unless(
        kink || Math.abs(middle - yours) <= most,
        "finite difference " + brief(middle) + ", yours " + brief(yours));
  }

  static String brief(double number) {
    return Numbers.brief(number);
  }
}
