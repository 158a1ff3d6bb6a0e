package org.grpo4j.course.judge;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.grpo4j.course.catalogue.LossOfPieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Answers and inputs as tables of numbers, and as text. */
final class Rows {

  private static final int SHOWN_NUMBERS = 12;
  private static final int SHOWN_ROWS = 8;

  private Rows() {}

  static TokenTable of(double... numbers) {
    return TokenTable.of(new double[][] {numbers});
  }

  static TokenTable of(DoubleVector row) {
    return of(row.toArray());
  }

  /** The table with 0 where masked. */
  static TokenTable masked(TokenTable table, TokenTable mask) {
    return LossOfPieces.ofCounted(mask, table::get);
  }

  /** Equal up to a relative error of 1e-9 of the largest number expected, and rounding. */
  static boolean same(TokenTable one, TokenTable expected, double rounding) {
    boolean same = one.sameShape(expected);
    double most = 1e-9 * largest(expected) + rounding;
    for (int i = 0; same && i < one.rows(); i++) {
      for (int t = 0; same && t < one.length(i); t++) {
        double a = one.get(i, t);
        double b = expected.get(i, t);
        same = Math.abs(a - b) <= most || Double.compare(a, b) == 0;
      }
    }
    return same;
  }

  /** The largest absolute value of the finite numbers. */
  private static double largest(TokenTable table) {
    double largest = 0;
    for (int i = 0; i < table.rows(); i++) {
      for (double one : table.row(i).toArray()) {
        largest = Double.isFinite(one) ? Math.max(largest, Math.abs(one)) : largest;
      }
    }
    return largest;
  }

  /** Numbers separated by commas, rows by bars; of many only the first, in full or short. */
  static String text(TokenTable table, boolean full) {
    StringJoiner rows = new StringJoiner(" | ");
    for (int i = 0; i < Math.min(table.rows(), SHOWN_ROWS); i++) {
      StringJoiner row = new StringJoiner(", ");
      for (int t = 0; t < Math.min(table.length(i), SHOWN_NUMBERS); t++) {
        row.add(full ? String.valueOf(table.get(i, t)) : Numbers.brief(table.get(i, t)));
      }
      rows.add(row + (table.length(i) > SHOWN_NUMBERS ? ", ..." : ""));
    }
    return rows + (table.rows() > SHOWN_ROWS ? " | ..." : "");
  }

  /** {@code rewards 1, 0 · groups 0, 0}: the components of a record, and of records in it. */
  static String text(Record inputs) {
    StringJoiner text = new StringJoiner(" · ");
    for (RecordComponent component : inputs.getClass().getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
      Object value = value(component, inputs);
      if (value instanceof Record part) {
        text.add(text(part));
      } else if (!Optional.empty().equals(value)) {
        text.add(name + " " + text(value));
      }
    }
    return text.toString();
  }

  private static Object value(RecordComponent component, Record inputs) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(inputs);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> given) {
      return text(given.orElseThrow());
    }
    if (value instanceof RowGroups groups) {
      double[] ids = new double[groups.rows()];
      Arrays.setAll(ids, groups::groupOf);
      return text(of(ids), false);
    }
    if (value instanceof Double number) {
      return Numbers.brief(number);
    }
    return value instanceof DoubleVector row
        ? text(of(row), false)
        : value instanceof TokenTable table ? text(table, false) : String.valueOf(value);
  }
}
