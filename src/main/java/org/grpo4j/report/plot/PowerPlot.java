package org.grpo4j.report.plot;

import java.util.List;
import java.util.TreeSet;
import org.grpo4j.math.Require;

/**
 * Curves over powers of two, such as pass@k over k: each doubling takes the same room. A dot with
 * its interval for every number, a band around the line, and a legend below.
 *
 * @param title heading
 * @param xLabel what the horizontal axis counts
 * @param series the curves, in the order of the legend, at least one; positions are positive
 */
public record PowerPlot(String title, String xLabel, List<BandPlot.Series> series) {

  private static final int WIDTH = 560;
  private static final int LEFT = 52;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 270;
  private static final int LEGEND_LINE = 22;
  private static final double ROOM = 0.25;

  public PowerPlot {
    series = List.copyOf(series);
    Require.that(!series.isEmpty(), "series: must not be empty");
  }

  /** The plot as a file of its own. */
  public String standalone() {
    TreeSet<Double> positions = new TreeSet<>();
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (BandPlot.Series one : series) {
      for (int k = 0; k < one.positions().size(); k++) {
        positions.add(one.positions().get(k));
        smallest = Math.min(smallest, one.low().get(k));
        largest = Math.max(largest, one.high().get(k));
      }
    }
    Scale x =
        new Scale(
            log2(positions.first()) - ROOM, log2(positions.last()) + ROOM, LEFT, WIDTH - RIGHT);
    Scale y = Scale.around(smallest, largest, BOTTOM, TOP);
    StringBuilder body = new StringBuilder();
    body.append(SvgText.text(LEFT, 24, "start", "title", title));
    axes(body, positions, x, y);
    for (BandPlot.Series one : series) {
      band(body, one, x, y);
    }
    for (BandPlot.Series one : series) {
      line(body, one, x, y);
    }
    int height = legend(body);
    return SvgText.drawing(WIDTH, height, title + " over " + xLabel, body.toString(), true);
  }

  private static double log2(double k) {
    return Math.log(k) / Math.log(2);
  }

  private void axes(StringBuilder body, TreeSet<Double> positions, Scale x, Scale y) {
    for (double tick : y.ticks(5)) {
      body.append(SvgText.line(LEFT, y.pixel(tick), WIDTH - RIGHT, y.pixel(tick), "grid"));
      body.append(SvgText.text(LEFT - 8, y.pixel(tick) + 4, "end", "faint", Scale.label(tick)));
    }
    for (double k : positions) {
      double pixel = x.pixel(log2(k));
      body.append(SvgText.line(pixel, BOTTOM, pixel, BOTTOM + 5, "axis"));
      body.append(SvgText.text(pixel, BOTTOM + 20, "middle", "faint", Scale.label(k)));
    }
    body.append(SvgText.line(LEFT, BOTTOM, WIDTH - RIGHT, BOTTOM, "axis"));
    body.append(SvgText.text((LEFT + WIDTH - RIGHT) / 2.0, BOTTOM + 40, "middle", "", xLabel));
  }

  private static void band(StringBuilder body, BandPlot.Series one, Scale x, Scale y) {
    body.append("<path class=\"band ").append(Palette.fill(one.colour())).append("\" d=\"");
    int size = one.positions().size();
    for (int k = 0; k < size; k++) {
      body.append(k == 0 ? "M" : "L");
      body.append(point(x.pixel(log2(one.positions().get(k))), y.pixel(one.high().get(k))));
    }
    for (int k = size - 1; k >= 0; k--) {
      body.append("L");
      body.append(point(x.pixel(log2(one.positions().get(k))), y.pixel(one.low().get(k))));
    }
    body.append("Z\"/>\n");
  }

  private static void line(StringBuilder body, BandPlot.Series one, Scale x, Scale y) {
    StringBuilder dots = new StringBuilder();
    body.append("<path class=\"line ").append(Palette.stroke(one.colour())).append("\" d=\"");
    for (int k = 0; k < one.positions().size(); k++) {
      double pixel = x.pixel(log2(one.positions().get(k)));
      String at = point(pixel, y.pixel(one.middle().get(k)));
      double low = y.pixel(one.low().get(k));
      dots.append(
          SvgText.line(
              pixel, low, pixel, y.pixel(one.high().get(k)), Palette.stroke(one.colour())));
      body.append(k == 0 ? "M" : "L").append(at);
      dots.append("<circle cx=\"").append(at.replace(" ", "\" cy=\""));
      dots.append("\" r=\"3.5\" class=\"").append(Palette.fill(one.colour())).append("\"/>\n");
    }
    body.append("\"/>\n").append(dots);
  }

  private static String point(double x, double y) {
    return SvgText.pixel(x) + " " + SvgText.pixel(y);
  }

  /** Draws the legend, one entry a line, and returns the height of the drawing. */
  private int legend(StringBuilder body) {
    double y = BOTTOM + 62;
    for (BandPlot.Series one : series) {
      body.append(
          SvgText.line(LEFT, y - 4, LEFT + 26, y - 4, "line " + Palette.stroke(one.colour())));
      body.append(SvgText.text(LEFT + 34, y, "start", "", one.label()));
      y += LEGEND_LINE;
    }
    return (int) y - LEGEND_LINE + 16;
  }
}
