package org.grpo4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.grpo4j.metric.WilsonInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

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
    assertTrue(LearningCurve.write(TestRuns.accept(run.path())));
    String picture = Files.readString(run.learningCurve());
    parse(picture);
    for (String title :
        List.of("seed 1: accuracy", "Completion length", "Entropy in nats", "Dead groups, share")) {
      assertTrue(picture.contains(title), title);
    }
    assertEquals(4, count(picture, "line thin "), "each update");
    assertEquals(1, count(picture, "class=\"band "), "interval of the greedy accuracy");
    assertTrue(picture.contains("prefers-color-scheme:dark"));
  }

  @Test
  void whatARunDoesNotMeasureIsLeftOut() throws IOException {
    RunDirectory run = run();
    Files.writeString(
        run.metricsJsonLines(),
        rows(20).replaceAll("\"(frac_reward_zero_std|eval/greedy_accuracy)\":", "\"other $1\":"));
    assertTrue(LearningCurve.write(TestRuns.accept(run.path())));
    String picture = Files.readString(run.learningCurve());
    assertFalse(picture.contains("Dead groups"));
    assertFalse(picture.contains("greedy"));
    assertTrue(picture.contains("Entropy in nats"));
  }

  @Test
  void aRunWithoutUpdatesHasNoPicture() throws IOException {
    RunDirectory run = run();
    Files.writeString(run.metricsJsonLines(), "");
    assertFalse(LearningCurve.write(TestRuns.accept(run.path())));
    assertFalse(Files.exists(run.learningCurve()));
  }

  private RunDirectory run() {
    return TestRuns.create(directory);
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

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static void parse(String xml) throws IOException {
    try {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }
}
