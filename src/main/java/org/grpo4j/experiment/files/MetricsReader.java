package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
   * The columns of the run's metrics, each with one number a row, {@code NaN} where the row has
   * none.
   *
   * @throws DamagedFileException if the file is missing or not as it was written
   */
  public static Map<String, DoubleVector> read(RunDirectory run) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.sealed().lines(run.metricsJsonLines())) {
      rows.add(Json.object(run.metricsJsonLines(), line));
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
