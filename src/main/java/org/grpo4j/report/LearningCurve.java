package org.grpo4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import javax.imageio.ImageIO;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.MetricsReader;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.math.DoubleVector;
import org.knowm.xchart.XYChart;

/**
 * The picture of a run: accuracy above, and below what goes on meanwhile, completion length,
 * entropy and the share of groups that teach nothing.
 */
public final class LearningCurve {

  private static final int WIDTH = 1200;
  private static final int TOP_HEIGHT = 430;
  private static final int BOTTOM_HEIGHT = 290;
  private static final int BOTTOM_PANELS = 3;

  /** Updates on either side that a smoothed curve averages over. */
  private static final int SMOOTHING = 2;

  /** Okabe and Ito's colours, which colour-blind readers can tell apart. */
  private static final Color BLUE = new Color(0, 114, 178);

  private static final Color VERMILION = new Color(213, 94, 0);
  private static final Color GREEN = new Color(0, 158, 115);
  private static final Color PURPLE = new Color(170, 83, 140);
  private static final Color GREY = new Color(90, 90, 90);

  private final Map<String, DoubleVector> columns;
  private final JsonNode summary;
  private final String title;

  private LearningCurve(Map<String, DoubleVector> columns, JsonNode summary, String title) {
    this.columns = columns;
    this.summary = summary;
    this.title = title;
  }

  /**
   * Draws the run into its {@code learning-curve.png}; a run without any update has no picture.
   *
   * @return whether there is one
   */
  public static boolean write(RunDirectory run) throws IOException {
    Map<String, DoubleVector> columns = MetricsReader.read(run.metricsJsonLines());
    if (columns.isEmpty()) {
      return false;
    }
    JsonNode summary = Files.exists(run.summary()) ? Json.read(run.summary()) : Json.object();
    String title =
        summary.path("experiment").asText("run") + ", seed " + summary.path("seed").asText("?");
    BufferedImage image = new LearningCurve(columns, summary, title).draw();
    return ImageIO.write(image, "png", run.learningCurve().toFile());
  }

  private BufferedImage draw() {
    BufferedImage image =
        new BufferedImage(WIDTH, TOP_HEIGHT + BOTTOM_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, TOP_HEIGHT + BOTTOM_HEIGHT);
    accuracy().paint(graphics, WIDTH, TOP_HEIGHT);
    int width = WIDTH / BOTTOM_PANELS;
    graphics.translate(0, TOP_HEIGHT);
    panel("Completion length", "tokens", "completions/mean_length", GREEN, width)
        .paint(graphics, width, BOTTOM_HEIGHT);
    graphics.translate(width, 0);
    panel("Entropy", "nats per token", "entropy", PURPLE, width)
        .paint(graphics, width, BOTTOM_HEIGHT);
    graphics.translate(width, 0);
    panel("Dead groups", "share", "frac_reward_zero_std", GREY, width)
        .paint(graphics, width, BOTTOM_HEIGHT);
    graphics.dispose();
    return image;
  }

  private XYChart accuracy() {
    ChartPanel panel = new ChartPanel(WIDTH, TOP_HEIGHT, title, "update", "accuracy", true);
    JsonNode base = summary.path("base/greedy_accuracy");
    Curve greedy = from(base.path("value"), curve("eval/greedy_accuracy"));
    if (!greedy.isEmpty()) {
      panel.band(
          "interval",
          from(base.path("lower"), curve("eval/greedy_accuracy_lower")),
          from(base.path("upper"), curve("eval/greedy_accuracy_upper")),
          BLUE);
    }
    panel.thinLine("reward of each update", curve("reward"), VERMILION);
    panel.line(
        "reward while training (mean of " + (2 * SMOOTHING + 1) + " updates)",
        curve("reward").smoothed(SMOOTHING),
        VERMILION);
    if (!greedy.isEmpty()) {
      panel.line("greedy accuracy on held-out problems (95 % interval)", greedy, BLUE);
    }
    return panel.chart(0, 1);
  }

  private XYChart panel(String heading, String unit, String column, Color colour, int width) {
    ChartPanel panel = new ChartPanel(width, BOTTOM_HEIGHT, heading, "update", unit, false);
    Curve curve = curve(column);
    panel.thinLine("each", curve, colour);
    panel.line("mean", curve.smoothed(SMOOTHING), colour);
    return panel.chart();
  }

  private Curve curve(String column) {
    DoubleVector x = columns.get("updates_done");
    DoubleVector y = columns.get(column);
    return x == null || y == null
        ? new Curve(DoubleVector.empty(), DoubleVector.empty())
        : Curve.of(x, y);
  }

  private static Curve from(JsonNode base, Curve curve) {
    return base.isNumber() ? curve.startingAt(0, base.asDouble()) : curve;
  }
}
