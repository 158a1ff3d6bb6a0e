package org.grpo4j.experiment.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.math.DoubleVector;

/** The reader of {@code metrics.jsonl}, column by column. */
public final class MetricsReader {

  private MetricsReader() {}

  /**
   * The columns of {@code file}, each with one number a row, {@code NaN} where the row has none. A
   * last line that was cut off by a crash is left out.
   *
   * @throws IOException if the file cannot be read or another line is damaged
   */
  public static Map<String, DoubleVector> read(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        rows.add(Json.parse(lines.get(i)));
      } catch (JsonProcessingException e) {
        if (i < lines.size() - 1) {
          throw new IOException(file + ":" + (i + 1) + ": not a JSON object", e);
        }
      }
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      for (Map.Entry<String, JsonNode> cell : rows.get(i).properties()) {
        double[] column = columns.computeIfAbsent(cell.getKey(), name -> missing(rows.size()));
        column[i] = cell.getValue().asDouble(Double.NaN);
      }
    }
    Map<String, DoubleVector> vectors = new LinkedHashMap<>();
    columns.forEach((name, column) -> vectors.put(name, DoubleVector.of(column)));
    return vectors;
  }

  private static double[] missing(int rows) {
    double[] column = new double[rows];
    Arrays.fill(column, Double.NaN);
    return column;
  }
}
