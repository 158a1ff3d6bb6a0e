package org.grpo4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.metric.WilsonInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurveTest {

  @TempDir Path directory;

  @Test
  void drawsEveryPanel() throws IOException {
    RunDirectory run = run();
    Files.writeString(run.metricsJsonLines(), rows(200));
    Files.writeString(
        run.summary(),
        "{\"experiment\":\"think-add\",\"seed\":1,"
            + "\"base/greedy_accuracy\":{\"value\":0.47,\"lower\":0.43,\"upper\":0.51}}");
    assertTrue(LearningCurve.write(run));
    BufferedImage image = ImageIO.read(run.learningCurve().toFile());
    assertEquals(1200, image.getWidth());
    assertEquals(0xFFFFFF, image.getRGB(2, 2) & 0xFFFFFF, "light background");
    assertTrue(colours(image, 0, 430) > 20, "accuracy");
    assertTrue(colours(image, 430, image.getHeight()) > 20, "panels");
  }

  @Test
  void aRunWithoutUpdatesHasNoPicture() throws IOException {
    RunDirectory run = run();
    Files.writeString(run.metricsJsonLines(), "");
    assertFalse(LearningCurve.write(run));
    assertFalse(Files.exists(run.learningCurve()));
  }

  private RunDirectory run() {
    return RunDirectory.create(
        directory,
        new ExperimentFiles(List.of()).read(Path.of("experiments/think-add.yaml"), List.of()),
        Instant.EPOCH);
  }

  private static String rows(int updates) {
    StringBuilder rows = new StringBuilder();
    for (int done = 1; done <= updates; done++) {
      double learnt = 1 - Math.exp(-done / 40.0);
      double reward = 0.33 + 0.58 * learnt + 0.02 * Math.sin(done * 1.7);
      rows.append("{\"updates_done\":").append(done);
      rows.append(",\"reward\":").append(reward);
      rows.append(",\"entropy\":").append(0.46 - 0.42 * learnt);
      rows.append(",\"frac_reward_zero_std\":")
          .append(0.07 + 0.45 * learnt + 0.03 * Math.sin(done));
      rows.append(",\"completions/mean_length\":").append(8.2 - 1.5 * Math.exp(-done / 5.0));
      if (done % 5 == 0) {
        double greedy = 0.99 - 0.5 * Math.exp(-done / 6.0);
        WilsonInterval interval = WilsonInterval.of(greedy, 512);
        rows.append(",\"eval/greedy_accuracy\":").append(greedy);
        rows.append(",\"eval/greedy_accuracy_lower\":").append(interval.lower());
        rows.append(",\"eval/greedy_accuracy_upper\":").append(interval.upper());
      }
      rows.append("}\n");
    }
    return rows.toString();
  }

  private static int colours(BufferedImage image, int fromRow, int toRow) {
    Set<Integer> colours = new HashSet<>();
    for (int y = fromRow; y < toRow; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }
}
