package org.grpo4j.report.plot;

import java.util.List;

/** Several plots as one drawing, row after row. */
public final class PlotSheet {

  private final String description;
  private final int width;
  private final StringBuilder body = new StringBuilder();
  private int height;

  /**
   * @param description what a screen reader says
   * @param width pixels
   */
  public PlotSheet(String description, int width) {
    this.description = description;
    this.width = width;
  }

  /** Adds plots side by side. */
  public void row(List<BandPlot> plots) {
    int left = 0;
    int tallest = 0;
    for (BandPlot plot : plots) {
      SvgText.Drawing drawing = plot.drawing();
      body.append("<g transform=\"translate(" + left + " " + height + ")\">\n");
      body.append(drawing.body()).append("</g>\n");
      left += plot.width();
      tallest = Math.max(tallest, drawing.height());
    }
    height += tallest;
  }

  /** The drawing as a file of its own. */
  @Override
  public String toString() {
    return SvgText.drawing(width, height, description, body.toString(), true);
  }
}
