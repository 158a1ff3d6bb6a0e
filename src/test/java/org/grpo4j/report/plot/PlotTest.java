package org.grpo4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.math.DoubleVector;
import org.junit.jupiter.api.Test;

class PlotTest {

  @Test
  void ticksAreRoundNumbersWithinTheScale() {
    assertTicks(new Scale(0, 25_600, 0, 1), 6, 0, 5_000, 10_000, 15_000, 20_000, 25_000);
    assertTicks(new Scale(-0.031, 0.012, 0, 1), 4, -0.03, -0.02, -0.01, 0, 0.01);
    assertTicks(new Scale(0.2, 0.8, 0, 1), 3, 0.2, 0.4, 0.6, 0.8);
  }

  @Test
  void pixelsGoBothWays() {
    Scale upwards = new Scale(0, 2, 100, 20);
    assertEquals(100, upwards.pixel(0));
    assertEquals(60, upwards.pixel(1));
    assertEquals(20, upwards.pixel(2));
    assertThrows(IllegalArgumentException.class, () -> new Scale(1, 1, 0, 1));
    assertTrue(Scale.around(0.5, 0.5, 0, 1).to() > Scale.around(0.5, 0.5, 0, 1).from());
  }

  @Test
  void labelsAreShort() {
    assertEquals("0.25", Scale.label(0.25));
    assertEquals("-0.005", Scale.label(-0.005));
    assertEquals("25k", Scale.label(25_000));
    assertEquals("1.5M", Scale.label(1.5e6));
    assertEquals("5000", Scale.label(5_000));
    assertEquals("0", Scale.label(-1e-17));
  }

  @Test
  void textIsEscaped() {
    assertEquals("&lt;a&gt; &amp; &quot;b&quot; &#39;", SvgText.escape("<a> & \"b\" '"));
    assertEquals("a\uFFFDb", SvgText.escape("a\u0000b"));
  }

  @Test
  void aCurveIsAStepThatHoldsItsValueUntilTheNextOne() {
    DoubleVector places = DoubleVector.of(0, 50, 100);
    DoubleVector heights = DoubleVector.of(0, 1, 0.5);
    BandPlot.Series series = new BandPlot.Series("one", 0, places, heights, heights, heights);
    String svg = new BandPlot("title", "x", List.of(series)).inline();
    // From the left edge right at the old height, then up; 540 is the right edge.
    assertTrue(svg.contains("class=\"line s0\" d=\"M52 "), svg);
    String path = svg.replaceAll("(?s).*class=\"line s0\" d=\"(M[^\"]*)\".*", "$1");
    assertTrue(path.matches("M52 [0-9.]+H296V[0-9.]+H540V[0-9.]+"), path);
  }

  @Test
  void longLegendsTakeMoreLinesAndMoreThanSevenSeriesAreDashed() {
    DoubleVector point = DoubleVector.of(1);
    List<BandPlot.Series> series = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      series.add(new BandPlot.Series("a rather long name " + i, i, point, point, point, point));
    }
    String many = new BandPlot("title", "x", series).standalone();
    String few = new BandPlot("title", "x", series.subList(0, 1)).standalone();
    assertTrue(height(many) > height(few));
    assertTrue(many.contains("s0 dashed") && many.contains("s1 dashed"));
    assertFalse(few.contains("s0 dashed"));
    assertTrue(many.contains("prefers-color-scheme"));
  }

  @Test
  void differencesShowZeroAndEverySeed() {
    ConfidenceInterval interval = new ConfidenceInterval(0.01, 0.05, 0.95);
    IntervalPlot.Row row =
        new IntervalPlot.Row("PPO", 1, DoubleVector.of(0.02, 0.03, 0.04), 0.03, interval, interval);
    String svg = new IntervalPlot("title", "difference", List.of(row)).inline();
    assertEquals(4, svg.split("<circle", -1).length - 1);
    assertTrue(svg.contains(">0</text>"));
    assertThrows(IllegalArgumentException.class, () -> new IntervalPlot("title", "x", List.of()));
  }

  private static double height(String svg) {
    return Double.parseDouble(svg.replaceAll("(?s).*? height=\"([0-9.]+)\" role.*", "$1"));
  }

  private static void assertTicks(Scale scale, int wanted, double... expected) {
    double[] ticks = scale.ticks(wanted).stream().mapToDouble(Double::doubleValue).toArray();
    assertArrayEquals(expected, ticks, 1e-12);
  }
}
