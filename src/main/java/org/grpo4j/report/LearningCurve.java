package org.grpo4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.grpo4j.experiment.files.DerivedFile;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.SealedFiles;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.metric.Metric;
import org.grpo4j.report.plot.BandPlot;
import org.grpo4j.report.plot.HorizontalAxis;
import org.grpo4j.report.plot.PlotSheet;

/**
 * The picture of a run: accuracy above, and below what goes on meanwhile, completion length,
 * entropy and the share of groups that teach nothing; what the run did not measure is left out.
 */
public final class LearningCurve {

  private static final int WIDTH = 1160;
  private static final int TOP_HEIGHT = 300;
  private static final int BOTTOM_HEIGHT = 150;
  private static final int BOTTOM_PANELS = 3;

  /** Updates on either side that a smoothed curve averages over. */
  private static final int SMOOTHING = 2;

  private static final String UPDATES = "updates";

  private final Map<String, DoubleVector> columns;
  private final JsonNode summary;

  private LearningCurve(Map<String, DoubleVector> columns, JsonNode summary) {
    this.columns = columns;
    this.summary = summary;
  }

  /**
   * Draws the run into its {@code learning-curve.svg}; a run without any update has no picture.
   *
   * @return whether there is one
   */
  public static boolean write(RunDirectory run) throws IOException {
    Map<String, DoubleVector> columns = MetricsReader.read(run);
    if (columns.isEmpty()) {
      return false;
    }
    SealedFiles files = run.sealed();
    JsonNode summary = files.has(run.summary()) ? files.json(run.summary()) : Json.object();
    DerivedFile.write(run.learningCurve(), new LearningCurve(columns, summary).draw());
    return true;
  }

  private String draw() {
    String title =
        summary.path("experiment").asText("run") + ", seed " + summary.path("seed").asText("?");
    PlotSheet sheet = new PlotSheet(title, WIDTH);
    List<BandPlot.Series> accuracy = new ArrayList<>();
    smoothed(
            Metric.REWARD.key(),
            1,
            "reward while training, each update and the mean of " + (2 * SMOOTHING + 1))
        .ifPresent(accuracy::add);
    greedy().ifPresent(accuracy::add);
    if (!accuracy.isEmpty()) {
      sheet.row(
          List.of(
              new BandPlot(
                  title + ": accuracy",
                  UPDATES,
                  accuracy,
                  WIDTH,
                  TOP_HEIGHT,
                  HorizontalAxis.FROM_ZERO)));
    }
    List<BandPlot> panels = new ArrayList<>();
    panel("Completion length in tokens", Metric.MEAN_LENGTH.key(), 2).ifPresent(panels::add);
    panel("Entropy in nats per token", Metric.ENTROPY.key(), 3).ifPresent(panels::add);
    panel("Dead groups, share", Metric.DEAD_GROUPS.key(), 4).ifPresent(panels::add);
    sheet.row(panels);
    return sheet.toString();
  }

  private Optional<BandPlot> panel(String heading, String column, int colour) {
    return smoothed(column, colour, "")
        .map(
            series ->
                new BandPlot(
                    heading,
                    UPDATES,
                    List.of(series),
                    WIDTH / BOTTOM_PANELS,
                    BOTTOM_HEIGHT,
                    HorizontalAxis.FROM_ZERO));
  }

  /** Accuracy on held-out problems with its interval, from before the first update on. */
  private Optional<BandPlot.Series> greedy() {
    double[][] rows = measured(Metric.GREEDY.key());
    double[][] low = measured(Metric.GREEDY_LOWER.key());
    double[][] high = measured(Metric.GREEDY_UPPER.key());
    if (rows[0].length == 0 || low[0].length != rows[0].length || high[0].length != low[0].length) {
      return Optional.empty();
    }
    JsonNode base = summary.path("base/greedy_accuracy");
    boolean hasBase = base.path("value").isNumber() && rows[0][0] > 0;
    return Optional.of(
        new BandPlot.Series(
            "greedy accuracy, held out, with its 95 % interval",
            0,
            from(hasBase, 0, rows[0]),
            from(hasBase, base.path("value").asDouble(), rows[1]),
            from(hasBase, base.path("lower").asDouble(), low[1]),
            from(hasBase, base.path("upper").asDouble(), high[1])));
  }

  /** A thin line of what each update measured and a thick one of means; none if nothing did. */
  private Optional<BandPlot.Series> smoothed(String column, int colour, String label) {
    double[][] rows = measured(column);
    double[] mean = new double[rows[1].length];
    for (int i = 0; i < mean.length; i++) {
      double[] around =
          Arrays.copyOfRange(
              rows[1], Math.max(0, i - SMOOTHING), Math.min(mean.length, i + SMOOTHING + 1));
      mean[i] = Arrays.stream(around).sum() / around.length;
    }
    DoubleVector middle = DoubleVector.of(mean);
    return mean.length == 0
        ? Optional.empty()
        : Optional.of(
            new BandPlot.Series(
                label,
                colour,
                DoubleVector.of(rows[0]),
                middle,
                middle,
                middle,
                List.of(DoubleVector.of(rows[1]))));
  }

  /** Updates done and value, where both were measured. */
  private double[][] measured(String column) {
    DoubleVector x = columns.getOrDefault(Metric.UPDATES_DONE.key(), DoubleVector.empty());
    DoubleVector y = columns.getOrDefault(column, DoubleVector.constant(x.size(), Double.NaN));
    int[] rows =
        IntStream.range(0, x.size())
            .filter(i -> Double.isFinite(x.get(i)) && Double.isFinite(y.get(i)))
            .toArray();
    return new double[][] {
      Arrays.stream(rows).mapToDouble(x::get).toArray(),
      Arrays.stream(rows).mapToDouble(y::get).toArray()
    };
  }

  private static DoubleVector from(boolean withFirst, double first, double[] rest) {
    double[] all = new double[rest.length + (withFirst ? 1 : 0)];
    System.arraycopy(rest, 0, all, all.length - rest.length, rest.length);
    if (withFirst) {
      all[0] = first;
    }
    return DoubleVector.of(all);
  }
}
