package org.grpo4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart in the common style: light, few lines, letters that stay readable when scaled down. */
final class ChartPanel {

  private static final int FONT_SIZE = 17;
  private static final int FAINT = 70;
  private static final int BAND = 45;
  private static final int SPACING = 100;
  private static final Color INK = new Color(40, 40, 40);
  private static final Color GRID = new Color(226, 226, 226);

  private final XYChart chart;

  ChartPanel(int width, int height, String title, String xTitle, String yTitle, boolean legend) {
    chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotGridVerticalLinesVisible(false);
    style.setChartFontColor(INK);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, FONT_SIZE + 2));
    style.setChartTitleBoxVisible(false);
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE - 1));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
    style.setLegendVisible(legend);
    style.setLegendPosition(LegendPosition.InsideSE);
    style.setLegendLayout(LegendLayout.Vertical);
    style.setLegendBorderColor(GRID);
    style.setLegendBackgroundColor(new Color(255, 255, 255, 220));
    style.setAntiAlias(true);
    style.setXAxisMin(0.0);
    style.setXAxisTickMarkSpacingHint(SPACING);
    style.setYAxisTickMarkSpacingHint(SPACING / 2);
  }

  /** The area between two curves over the same points. */
  void band(String name, Curve lower, Curve upper, Color colour) {
    int points = lower.x().size();
    double[] x = new double[2 * points];
    double[] y = new double[2 * points];
    for (int i = 0; i < points; i++) {
      x[i] = lower.x().get(i);
      y[i] = lower.y().get(i);
      x[2 * points - 1 - i] = upper.x().get(i);
      y[2 * points - 1 - i] = upper.y().get(i);
    }
    XYSeries series = chart.addSeries(name, x, y);
    Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(faint);
    series.setLineColor(new Color(0, 0, 0, 0));
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
  }

  /** A curve that is read off. */
  void line(String name, Curve curve, Color colour) {
    add(name, curve, colour, 3, true);
  }

  /** The raw numbers behind a smoothed curve. */
  void thinLine(String name, Curve curve, Color colour) {
    Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT);
    add(name, curve, faint, 1.4f, false);
    roundTicks(curve);
  }

  private void add(String name, Curve curve, Color colour, float width, boolean inLegend) {
    if (curve.isEmpty()) {
      return;
    }
    XYSeries series = chart.addSeries(name, curve.x().toArray(), curve.y().toArray());
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(inLegend);
  }

  /**
   * Where points are equally spaced, the chart library puts its ticks at some of them (0, 21, 42…).
   * An invisible point between two of them makes it choose round numbers.
   */
  private void roundTicks(Curve curve) {
    if (curve.isEmpty()) {
      return;
    }
    XYSeries between =
        chart.addSeries("between", new double[] {0.5}, new double[] {curve.y().get(0)});
    between.setMarker(SeriesMarkers.NONE);
    between.setShowInLegend(false);
  }

  /** The chart with the vertical axis as the curves need it. */
  XYChart chart() {
    return chart;
  }

  /** The chart with a fixed vertical axis. */
  XYChart chart(double from, double to) {
    chart.getStyler().setYAxisMin(from);
    chart.getStyler().setYAxisMax(to);
    return chart;
  }
}
