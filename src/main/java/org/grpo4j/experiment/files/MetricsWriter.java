package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.math.Require;

/**
 * The writer of {@code metrics.jsonl} and {@code metrics.csv}, one row an update.
 *
 * <p>A metric that was not measured in an update is absent from its JSON line and empty in the
 * table. The columns of the table are fixed before the first row.
 */
public final class MetricsWriter implements AutoCloseable {

  private final LineFile lines;
  private final LineFile table;
  private List<String> columns;

  /** The metrics files of a run; nothing is written before {@link #begin}. */
  public MetricsWriter(RunDirectory run, Ledger ledger) {
    lines = ledger.lines(run.metricsJsonLines());
    table = ledger.lines(run.metricsTable());
    try {
      columns = columns(run);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + run.metricsTable(), e);
    }
  }

  /** Those of the table that is there. */
  private static List<String> columns(RunDirectory run) throws IOException {
    if (!Files.exists(run.metricsTable())) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(run.metricsTable());
    return lines.isEmpty() ? List.of() : List.of(lines.get(0).split(","));
  }

  /**
   * Begins the table, or continues the one that is there; needed once, before the first row.
   *
   * @param names the names of all metrics there can be, in order
   * @throws IllegalStateException if the table that is there has other columns
   */
  public void begin(List<String> names) {
    if (columns.isEmpty()) {
      columns = List.copyOf(names);
      table.write(String.join(",", columns));
    } else if (!columns.equals(names)) {
      throw new IllegalStateException(
          "metrics.csv: must have the columns " + names + ", has " + columns);
    }
  }

  /** Writes one row; every name must be one of the columns. */
  public void write(Map<String, Number> row) {
    for (String name : row.keySet()) {
      Require.that(columns.contains(name), "metric", "a declared column", name);
    }
    ObjectNode object = Json.object();
    List<String> cells = new ArrayList<>(columns.size());
    for (String column : columns) {
      Number value = row.get(column);
      if (value != null) {
        Json.putNumber(object, column, value);
      }
      boolean measured = value != null && Double.isFinite(value.doubleValue());
      cells.add(measured ? String.valueOf(value) : "");
    }
    lines.write(Json.line(object));
    table.write(String.join(",", cells));
  }

  @Override
  public void close() {
    try (lines) {
      table.close();
    }
  }
}
