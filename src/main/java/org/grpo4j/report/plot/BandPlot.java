package org.grpo4j.report.plot;

import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.report.plot.SvgText.Drawing;

/**
 * Learning curves as steps, each with a band, and a legend below.
 *
 * @param title heading
 * @param xLabel what the horizontal axis counts
 * @param series the curves, in the order of the legend, at least one; without label, no legend
 * @param width pixels of the whole
 * @param plotHeight pixels of the curves alone
 */
public record BandPlot(
    String title, String xLabel, List<Series> series, int width, int plotHeight) {

  private static final int WIDTH = 560;
  private static final int LEFT = 52;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int PLOT_HEIGHT = 230;
  private static final int LABELS = 62;
  private static final int LEGEND_LINE = 22;
  private static final double CHARACTER = 7.2;

  public BandPlot {
    series = List.copyOf(series);
    Require.that(!series.isEmpty(), "series: must not be empty");
  }

  /** A plot of the usual size. */
  public BandPlot(String title, String xLabel, List<Series> series) {
    this(title, xLabel, series, WIDTH, PLOT_HEIGHT);
  }

  /**
   * One curve.
   *
   * @param label legend
   * @param colour which colour of the palette, from 0
   * @param positions places, ascending, {@code [K]}
   * @param middle the line, {@code [K]}
   * @param low lower edge of the band, {@code [K]}
   * @param high upper edge of the band, {@code [K]}
   * @param each thin lines instead of the band, {@code [n][K]}; none for the band
   */
  public record Series(
      String label,
      int colour,
      DoubleVector positions,
      DoubleVector middle,
      DoubleVector low,
      DoubleVector high,
      List<DoubleVector> each) {

    public Series {
      each = List.copyOf(each);
    }

    /** A curve with a band. */
    public Series(
        String label,
        int colour,
        DoubleVector positions,
        DoubleVector middle,
        DoubleVector low,
        DoubleVector high) {
      this(label, colour, positions, middle, low, high, List.of());
    }
  }

  /** The plot as a file of its own. */
  public String standalone() {
    Drawing drawing = drawing();
    return SvgText.drawing(width, drawing.height(), description(), drawing.body(), true);
  }

  /** The plot as part of a page with {@link Palette#CSS}. */
  public String inline() {
    Drawing drawing = drawing();
    return SvgText.drawing(width, drawing.height(), description(), drawing.body(), false);
  }

  private String description() {
    return title + " over " + xLabel;
  }

  /** The plot without a frame. */
  Drawing drawing() {
    Scale x = horizontal();
    Scale y = vertical();
    StringBuilder body = new StringBuilder();
    body.append(SvgText.text(LEFT, 24, "start", "title", title));
    axes(body, x, y);
    for (Series one : series) {
      band(body, one, x, y);
    }
    for (Series one : series) {
      line(body, one, one.middle(), "line ", x, y);
    }
    int height = legend(body);
    return new Drawing(body.toString(), height);
  }

  private Scale horizontal() {
    double largest = 0;
    for (Series one : series) {
      largest = Math.max(largest, one.positions().get(one.positions().size() - 1));
    }
    return new Scale(0, largest > 0 ? largest : 1, LEFT, width - RIGHT);
  }

  private Scale vertical() {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (Series one : series) {
      for (int k = 0; k < one.positions().size(); k++) {
        smallest = Math.min(smallest, one.low().get(k));
        largest = Math.max(largest, one.high().get(k));
        for (DoubleVector thin : one.each()) {
          smallest = Math.min(smallest, thin.get(k));
          largest = Math.max(largest, thin.get(k));
        }
      }
    }
    return Scale.around(smallest, largest, TOP + plotHeight, TOP);
  }

  private void axes(StringBuilder body, Scale x, Scale y) {
    for (double tick : y.ticks(Math.max(3, plotHeight / 46))) {
      body.append(SvgText.line(LEFT, y.pixel(tick), width - RIGHT, y.pixel(tick), "grid"));
      body.append(SvgText.text(LEFT - 8, y.pixel(tick) + 4, "end", "faint", Scale.label(tick)));
    }
    double bottom = TOP + plotHeight;
    for (double tick : x.ticks(width / 90)) {
      body.append(SvgText.line(x.pixel(tick), bottom, x.pixel(tick), bottom + 5, "axis"));
      body.append(SvgText.text(x.pixel(tick), bottom + 20, "middle", "faint", Scale.label(tick)));
    }
    body.append(SvgText.line(LEFT, bottom, width - RIGHT, bottom, "axis"));
    body.append(SvgText.text((LEFT + width - RIGHT) / 2.0, bottom + 40, "middle", "", xLabel));
  }

  private static void band(StringBuilder body, Series one, Scale x, Scale y) {
    if (!one.each().isEmpty()) {
      one.each().forEach(thin -> line(body, one, thin, "line thin ", x, y));
      return;
    }
    body.append("<path class=\"band ").append(Palette.fill(one.colour())).append("\" d=\"M");
    steps(body, one.positions(), one.high(), x, y);
    int last = one.positions().size() - 1;
    for (int k = last; k >= 0; k--) {
      // Backwards along the lower edge: down at the place, then left at the height before it.
      body.append("L").append(point(x.pixel(one.positions().get(k)), y.pixel(one.low().get(k))));
      if (k > 0) {
        body.append("V").append(SvgText.pixel(y.pixel(one.low().get(k - 1))));
      }
    }
    body.append("Z\"/>\n");
  }

  private static void line(
      StringBuilder body, Series one, DoubleVector heights, String classes, Scale x, Scale y) {
    body.append("<path class=\"").append(classes).append(Palette.stroke(one.colour()));
    body.append("\" d=\"M");
    steps(body, one.positions(), heights, x, y);
    body.append("\"/>\n");
  }

  private static void steps(
      StringBuilder body, DoubleVector positions, DoubleVector heights, Scale x, Scale y) {
    body.append(point(x.pixel(positions.get(0)), y.pixel(heights.get(0))));
    for (int k = 1; k < positions.size(); k++) {
      body.append("H").append(SvgText.pixel(x.pixel(positions.get(k))));
      body.append("V").append(SvgText.pixel(y.pixel(heights.get(k))));
    }
  }

  private static String point(double x, double y) {
    return SvgText.pixel(x) + " " + SvgText.pixel(y);
  }

  /** Draws the legend, as many entries a line as fit, and returns the height of the drawing. */
  private int legend(StringBuilder body) {
    double left = LEFT;
    int top = TOP + plotHeight + LABELS;
    if (series.stream().allMatch(one -> one.label().isEmpty())) {
      return top - LEGEND_LINE / 2;
    }
    int line = 0;
    for (Series one : series) {
      double wide = 34 + CHARACTER * one.label().length() + 22;
      if (left > LEFT && left + wide > width) {
        left = LEFT;
        line++;
      }
      double y = top + line * (double) LEGEND_LINE;
      body.append(
          SvgText.line(left, y - 4, left + 26, y - 4, "line " + Palette.stroke(one.colour())));
      body.append(SvgText.text(left + 34, y, "start", "", one.label()));
      left += wide;
    }
    return top + line * LEGEND_LINE + 16;
  }
}
