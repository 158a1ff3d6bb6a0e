package org.grpo4j.report.plot;

import java.util.List;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * Differences from a baseline: one row each, with the mean as a large dot, its interval as a thick
 * bar, a wider interval as a thin one, and what the seeds said as small dots. Left of the vertical
 * line is less than the baseline, right is more.
 *
 * @param title heading
 * @param xLabel what is on the axis
 * @param rows the rows from top to bottom, at least one
 */
public record IntervalPlot(String title, String xLabel, List<Row> rows) {

  private static final int WIDTH = 560;
  private static final int RIGHT = 24;
  private static final int TOP = 44;
  private static final int ROW = 40;
  private static final double CHARACTER = 7.2;

  public IntervalPlot {
    rows = List.copyOf(rows);
    Require.that(!rows.isEmpty(), "rows: must not be empty");
  }

  /**
   * One row.
   *
   * @param label what is compared
   * @param colour which colour of the palette, from 0
   * @param seeds the difference in each seed
   * @param mean their mean
   * @param thick the interval drawn thick
   * @param thin the interval drawn thin
   */
  public record Row(
      String label,
      int colour,
      DoubleVector seeds,
      double mean,
      ConfidenceInterval thick,
      ConfidenceInterval thin) {}

  /** The plot as a file of its own. */
  public String standalone() {
    return drawing(true);
  }

  /** The plot as part of a page with {@link Palette#CSS}. */
  public String inline() {
    return drawing(false);
  }

  private String drawing(boolean standalone) {
    int longest = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    double left = Math.min(220, 24 + CHARACTER * longest);
    double bottom = TOP + rows.size() * (double) ROW;
    Scale x = scale(left);
    StringBuilder body = new StringBuilder();
    body.append(SvgText.text(16, 24, "start", "title", title));
    for (double tick : x.ticks(5)) {
      body.append(SvgText.line(x.pixel(tick), TOP, x.pixel(tick), bottom, "grid"));
      body.append(SvgText.text(x.pixel(tick), bottom + 18, "middle", "faint", Scale.label(tick)));
    }
    body.append(SvgText.line(x.pixel(0), TOP, x.pixel(0), bottom, "axis"));
    for (int i = 0; i < rows.size(); i++) {
      row(body, rows.get(i), left, TOP + (i + 0.5) * ROW, x);
    }
    body.append(SvgText.text((left + WIDTH - RIGHT) / 2, bottom + 40, "middle", "", xLabel));
    return SvgText.drawing(WIDTH, (int) bottom + 56, title, body.toString(), standalone);
  }

  private Scale scale(double left) {
    double smallest = 0;
    double largest = 0;
    for (Row row : rows) {
      smallest = Math.min(smallest, Math.min(row.thin().low(), row.thick().low()));
      largest = Math.max(largest, Math.max(row.thin().high(), row.thick().high()));
      for (int i = 0; i < row.seeds().size(); i++) {
        smallest = Math.min(smallest, row.seeds().get(i));
        largest = Math.max(largest, row.seeds().get(i));
      }
    }
    return Scale.around(smallest, largest, left, WIDTH - RIGHT);
  }

  private static void row(StringBuilder body, Row row, double left, double y, Scale x) {
    body.append(SvgText.text(left - 10, y + 4, "end", "", row.label()));
    bar(body, row.thin(), y, x, row.colour(), 1.5);
    bar(body, row.thick(), y, x, row.colour(), 5);
    for (int i = 0; i < row.seeds().size(); i++) {
      body.append(SvgText.dot(x.pixel(row.seeds().get(i)), y + 12, 2, row.colour()));
    }
    body.append(SvgText.dot(x.pixel(row.mean()), y, 5, row.colour()));
  }

  private static void bar(
      StringBuilder body,
      ConfidenceInterval interval,
      double y,
      Scale x,
      int colour,
      double width) {
    String stroke = Palette.stroke(colour) + "\" stroke-width=\"" + SvgText.pixel(width);
    body.append(SvgText.line(x.pixel(interval.low()), y, x.pixel(interval.high()), y, stroke));
  }
}
