package org.grpo4j.experiment.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * The numbers of a run: some by name, and columns of one length by name. They stand one after
 * another in memory, or in the file of a {@link RunStore}; then a column is read whenever it is
 * asked for.
 */
public final class RunNumbers {

  /**
   * The order of the numbers: those of the summary, then the columns. Runs of one experiment have
   * it in common.
   *
   * @param summary keys of {@code summary.json}
   * @param columns names of columns
   * @param rows length of a column
   */
  record Layout(List<String> summary, List<String> columns, int rows) {

    Layout {
      summary = List.copyOf(summary);
      columns = List.copyOf(columns);
    }

    int count() {
      return summary.size() + columns.size() * rows;
    }
  }

  /** The place of the numbers. */
  @FunctionalInterface
  interface Place {

    /** So many of them from the one with the index {@code from} on. */
    double[] read(int from, int count);
  }

  private final Layout layout;
  private final Place place;

  RunNumbers(Layout layout, Place place) {
    this.layout = layout;
    this.place = place;
  }

  /**
   * Numbers in memory.
   *
   * @param summary a number by key
   * @param columns {@code [rows]} each
   */
  public static RunNumbers of(Map<String, Double> summary, Map<String, DoubleVector> columns) {
    List<Integer> lengths = columns.values().stream().map(DoubleVector::size).distinct().toList();
    Require.that(lengths.size() <= 1, "columns: must have the same number of rows");
    int rows = lengths.isEmpty() ? 0 : lengths.get(0);
    Layout layout = new Layout(List.copyOf(summary.keySet()), List.copyOf(columns.keySet()), rows);
    double[] numbers = new double[layout.count()];
    int end = 0;
    for (double number : summary.values()) {
      numbers[end++] = number;
    }
    for (DoubleVector column : columns.values()) {
      System.arraycopy(column.toArray(), 0, numbers, end, rows);
      end += rows;
    }
    return new RunNumbers(layout, (from, count) -> Arrays.copyOfRange(numbers, from, from + count));
  }

  Layout layout() {
    return layout;
  }

  double[] all() {
    return place.read(0, layout.count());
  }

  /** Number of rows of the columns. */
  public int rows() {
    return layout.rows();
  }

  /** The names of the columns. */
  public List<String> columns() {
    return layout.columns();
  }

  /**
   * The column of this name.
   *
   * @throws java.io.UncheckedIOException if it cannot be read back
   */
  public Optional<DoubleVector> column(String name) {
    int index = layout.columns().indexOf(name);
    int from = layout.summary().size() + index * layout.rows();
    return index < 0
        ? Optional.empty()
        : Optional.of(DoubleVector.of(place.read(from, layout.rows())));
  }

  /** The number of this name in the summary. */
  public OptionalDouble summary(String key) {
    int index = layout.summary().indexOf(key);
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(place.read(index, 1)[0]);
  }
}
