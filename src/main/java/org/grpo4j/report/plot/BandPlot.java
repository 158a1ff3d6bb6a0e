package org.grpo4j.report.plot;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;
import org.grpo4j.report.plot.SvgText.Drawing;

/**
 * Curves with bands and a legend below: as steps, or numbers over powers of two, such as pass@k
 * over k, where each doubling takes the same room and every number is a dot with its interval.
 *
 * @param title heading
 * @param xLabel what the horizontal axis counts
 * @param series the curves, in the order of the legend, at least one; without label, no legend
 * @param width pixels of the whole
 * @param plotHeight pixels of the curves alone
 * @param horizontal what the horizontal axis is
 */
public record BandPlot(
    String title,
    String xLabel,
    List<Series> series,
    int width,
    int plotHeight,
    HorizontalAxis horizontal) {

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

  /** Learning curves in the usual size. */
  public BandPlot(String title, String xLabel, List<Series> series) {
    this(title, xLabel, series, WIDTH, PLOT_HEIGHT, HorizontalAxis.FROM_ZERO);
  }

  /** Curves over powers of two in the usual size. */
  public static BandPlot overDoublings(String title, String xLabel, List<Series> series) {
    return new BandPlot(title, xLabel, series, WIDTH, PLOT_HEIGHT, HorizontalAxis.DOUBLINGS);
  }

  /** Steps whose axis begins at the first position, in the usual size. */
  public static BandPlot fromFirst(String title, String xLabel, List<Series> series) {
    return new BandPlot(title, xLabel, series, WIDTH, PLOT_HEIGHT, HorizontalAxis.FROM_FIRST);
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
    return svg(true);
  }

  /** The plot as part of a page with {@link Palette#CSS}. */
  public String inline() {
    return svg(false);
  }

  private String svg(boolean standalone) {
    Drawing drawing = drawing();
    String description = title + " over " + xLabel;
    return SvgText.drawing(width, drawing.height(), description, drawing.body(), standalone);
  }

  /** The plot without a frame. */
  Drawing drawing() {
    Scale x = horizontal.scale(positions(), LEFT, width - RIGHT);
    Scale y = vertical();
    StringBuilder body = new StringBuilder();
    body.append(SvgText.text(LEFT, 24, "start", "title", title));
    axes(body, x, y);
    series.forEach(one -> band(body, one, x, y));
    series.forEach(one -> line(body, one, one.middle(), "line ", x, y));
    int height = legend(body);
    return new Drawing(body.toString(), height);
  }

  private boolean isOverDoublings() {
    return horizontal == HorizontalAxis.DOUBLINGS;
  }

  private TreeSet<Double> positions() {
    TreeSet<Double> positions = new TreeSet<>();
    series.forEach(one -> Arrays.stream(one.positions().toArray()).forEach(positions::add));
    return positions;
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
    for (double tick : isOverDoublings() ? positions() : x.ticks(width / 90)) {
      double pixel = x.pixel(horizontal.place(tick));
      body.append(SvgText.line(pixel, bottom, pixel, bottom + 5, "axis"));
      body.append(SvgText.text(pixel, bottom + 20, "middle", "faint", Scale.label(tick)));
    }
    body.append(SvgText.line(LEFT, bottom, width - RIGHT, bottom, "axis"));
    body.append(SvgText.text((LEFT + width - RIGHT) / 2.0, bottom + 40, "middle", "", xLabel));
  }

  private void band(StringBuilder body, Series one, Scale x, Scale y) {
    if (!one.each().isEmpty()) {
      one.each().forEach(thin -> line(body, one, thin, "line thin ", x, y));
      return;
    }
    body.append("<path class=\"band ").append(Palette.fill(one.colour())).append("\" d=\"M");
    path(body, one.positions(), one.high(), x, y);
    int last = one.positions().size() - 1;
    for (int k = last; k >= 0; k--) {
      // Backwards along the lower edge: down at the place, then left at the height before it.
      double pixel = x.pixel(horizontal.place(one.positions().get(k)));
      body.append("L").append(point(pixel, y.pixel(one.low().get(k))));
      if (k > 0 && !isOverDoublings()) {
        body.append("V").append(SvgText.pixel(y.pixel(one.low().get(k - 1))));
      }
    }
    body.append("Z\"/>\n");
  }

  private void line(
      StringBuilder body, Series one, DoubleVector heights, String classes, Scale x, Scale y) {
    body.append("<path class=\"").append(classes).append(Palette.stroke(one.colour()));
    body.append("\" d=\"M");
    path(body, one.positions(), heights, x, y);
    body.append("\"/>\n");
    for (int k = 0; isOverDoublings() && k < heights.size(); k++) {
      double pixel = x.pixel(horizontal.place(one.positions().get(k)));
      double low = y.pixel(one.low().get(k));
      double high = y.pixel(one.high().get(k));
      body.append(SvgText.line(pixel, low, pixel, high, Palette.stroke(one.colour())));
      body.append(SvgText.dot(pixel, y.pixel(heights.get(k)), 3.5, one.colour()));
    }
  }

  private void path(
      StringBuilder body, DoubleVector positions, DoubleVector heights, Scale x, Scale y) {
    for (int k = 0; k < positions.size(); k++) {
      double pixel = x.pixel(horizontal.place(positions.get(k)));
      double height = y.pixel(heights.get(k));
      if (k == 0 || isOverDoublings()) {
        body.append(k == 0 ? "" : "L").append(point(pixel, height));
      } else {
        body.append("H").append(SvgText.pixel(pixel)).append("V").append(SvgText.pixel(height));
      }
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
