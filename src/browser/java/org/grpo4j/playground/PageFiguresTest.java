package org.grpo4j.playground;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.grpo4j.cli.Chromium;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.Moments;
import org.grpo4j.playground.engine.ConfiguredRun;
import org.grpo4j.playground.engine.PlaygroundRun;
import org.junit.jupiter.api.Test;

/**
 * The figures of {@code docs/playground.md}: with {@code -Ddocs.update=true} they are measured and
 * written there. Otherwise only what no machine changes is looked at.
 */
class PageFiguresTest {

  private static final Path DOCS = Path.of("docs/playground.md");
  private static final String BEGIN = "<!-- figures -->\n";
  private static final String END = "<!-- end of figures -->\n";
  private static final int MOST_BYTES = 3_000_000;
  private static final int WARM_UP = 40;
  private static final int UPDATES = 40;
  private static final int SEEDS = 5;
  private static final int MOST_UPDATES = 200;
  private static final int EVERY = 5;
  private static final double GOAL = 0.95;

  private static final String TABLE =
      "name: figures\ntask: few-sums\nmodel: {kind: table}\ncold_start: {steps: 60}\n"
          + "train: {prompts: 8, group_size: 8, learning_rate: 0.05}\nseed: ";

  private static final String THINK =
      "name: figures\ntask: think-add\nmodel: {precision: plain-float}\ncold_start: {steps: 0}\n"
          + "train: {prompts: %d, group_size: 8}\nseed: ";

  /** Milliseconds of every call, and the last greedy accuracy; ends when that is high enough. */
  private static final String TIMED =
      WorkerScript.of(
          "settings, start, calls, goal",
          """
          await begin(settings, start);
          result = [];
          for (const [name, ...args] of JSON.parse(calls)) {
            const began = performance.now();
            const answer = await call(name, ...args);
            result.push(performance.now() - began);
            if (answer.greedy >= Number(goal)) break;
          }
          """);

  /** Milliseconds between the frames of five seconds. */
  private static final String FRAMES =
      """
      () => new Promise(resolve => {
        const times = [];
        const next = now => {
          times.push(now);
          if (now - times[0] < 5000) requestAnimationFrame(next);
          else resolve(JSON.stringify(times.slice(1).map((time, i) => time - times[i])));
        };
        requestAnimationFrame(next);
      })
      """;

  @Test
  void theFiguresOfThePage() throws IOException {
    long bytes = Files.size(BuiltPage.FILE);
    assertTrue(bytes < MOST_BYTES, "at most " + MOST_BYTES + " bytes, has " + bytes);
    if (!Boolean.getBoolean("docs.update")) {
      String docs = Files.readString(DOCS);
      assertTrue(docs.indexOf(BEGIN) > 0 && docs.indexOf(END) > docs.indexOf(BEGIN));
      return;
    }
    List<String> rows = new ArrayList<>();
    rows.add("|  | in Chromium | on the JVM, one thread | ratio |\n|---|---:|---:|---:|");
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 800, ColorScheme.LIGHT, true)) {
      tab.goTo(BuiltPage.FILE);
      rows.add(updateRow(tab, "a table, few-sums, 8 prompts of 8", TABLE + 1));
      rows.add(
          updateRow(tab, "a transformer, think-add, 16 prompts of 8", THINK.formatted(16) + 1));
      rows.add(updateRow(tab, "the same, 32 prompts of 8", THINK.formatted(32) + 1));
      rows.add(goalRow(tab));
    }
    String text =
        String.join("\n", rows)
            + "\n\nUpdates: median of %d after %d, in milliseconds. Frames while it trains at full speed: "
                .formatted(UPDATES, WARM_UP)
            + frames()
            + ". The page: "
            + String.format(Locale.ROOT, "%,d", bytes)
            + " bytes.\n";
    String docs = Files.readString(DOCS);
    int begin = docs.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(
        DOCS, docs.substring(0, begin) + "\n" + text + "\n" + docs.substring(docs.indexOf(END)));
  }

  private static String updateRow(Chromium.Tab tab, String name, String yaml) throws IOException {
    StringBuilder calls = new StringBuilder("[[\"update\",{\"trace\":0}]");
    calls.append(",[\"update\",{\"trace\":0}]".repeat(WARM_UP + UPDATES - 1)).append(']');
    double[] there = last(timed(tab, yaml, calls.toString(), 2));
    PlaygroundRun run = begin(yaml);
    double[] here = new double[WARM_UP + UPDATES];
    for (int u = 0; u < here.length; u++) {
      long began = System.nanoTime();
      run.update(0);
      here[u] = (System.nanoTime() - began) / 1e6;
    }
    double tabMillis = Moments.quantile(there, 0.5);
    double jvmMillis = Moments.quantile(last(here), 0.5);
    return String.format(
        Locale.ROOT,
        "| an update of %s | %.1f ms | %.1f ms | %.1f |",
        name,
        tabMillis,
        jvmMillis,
        tabMillis / jvmMillis);
  }

  private static double[] last(double[] all) {
    return DoubleStream.of(all).skip(WARM_UP).toArray();
  }

  private static String goalRow(Chromium.Tab tab) throws IOException {
    double[] there = new double[SEEDS];
    double[] here = new double[SEEDS];
    StringBuilder calls = new StringBuilder("[");
    for (int i = 0; i < MOST_UPDATES / EVERY; i++) {
      calls.append("[\"update\",{\"trace\":0}],".repeat(EVERY)).append("[\"evaluate\",512],");
    }
    calls.setCharAt(calls.length() - 1, ']');
    for (int seed = 1; seed <= SEEDS; seed++) {
      String yaml = THINK.formatted(16) + seed;
      there[seed - 1] = DoubleStream.of(timed(tab, yaml, calls.toString(), GOAL)).sum() / 1e3;
      PlaygroundRun run = begin(yaml);
      long began = System.nanoTime();
      double greedy = 0;
      for (int u = 1; u <= MOST_UPDATES && greedy < GOAL; u++) {
        run.update(0);
        greedy = u % EVERY == 0 ? run.evaluate(512).greedyAccuracy().value() : greedy;
      }
      here[seed - 1] = (System.nanoTime() - began) / 1e9;
    }
    return String.format(
        Locale.ROOT,
        "| think-add to a greedy accuracy of 0.95 on 512 held-out problems, median of %d seeds (slowest) |"
            + " %.1f s (%.1f) | %.1f s (%.1f) | %.1f |",
        SEEDS,
        Moments.quantile(there, 0.5),
        Moments.quantile(there, 1),
        Moments.quantile(here, 0.5),
        Moments.quantile(here, 1),
        Moments.quantile(there, 0.5) / Moments.quantile(here, 0.5));
  }

  private static PlaygroundRun begin(String yaml) {
    ExperimentConfig config = ConfiguredRun.parse(yaml);
    return new PlaygroundRun(ConfiguredRun.settings(config), start(config));
  }

  private static Optional<byte[]> start(ExperimentConfig config) {
    boolean isShipped = config.task().name().equals("think-add");
    return isShipped ? Optional.of(BuiltPage.START) : Optional.empty();
  }

  private static double[] timed(Chromium.Tab tab, String yaml, String calls, double goal)
      throws IOException {
    ExperimentConfig config = ConfiguredRun.parse(yaml);
    List<String> texts = SameBitsTest.texts(config, start(config), 0);
    Object answer =
        tab.page()
            .evaluate(
                "given => (" + TIMED + ")(...given)",
                List.of(texts.get(0), texts.get(1), calls, "" + goal));
    return numbers((String) answer);
  }

  private static String frames() throws IOException {
    try (Chromium chromium = new Chromium();
        Chromium.Tab tab = chromium.open(1280, 800, ColorScheme.LIGHT, true)) {
      tab.page().navigate(BuiltPage.FILE.toUri() + "#task=think-add");
      tab.page().getByTestId("speed").selectOption("3");
      tab.page().keyboard().press("Escape");
      tab.page().getByTestId("play").click();
      double[] millis = numbers((String) tab.page().evaluate(FRAMES));
      return String.format(
          Locale.ROOT,
          "one every %.1f ms (median), 95 %% of them within %.1f ms",
          Moments.quantile(millis, 0.5),
          Moments.quantile(millis, 0.95));
    }
  }

  private static double[] numbers(String json) throws IOException {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : Json.parse(json)) {
      numbers.add(number.asDouble());
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
