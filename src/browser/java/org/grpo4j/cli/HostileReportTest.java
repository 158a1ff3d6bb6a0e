package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.grpo4j.report.page.LiveServer;
import org.grpo4j.report.page.ReportPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy may write anything, and so may whoever made a file: the page shows it and runs none. */
class HostileReportTest {

  private static final int MANY = 500;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @TempDir Path directory;
  private final HostileStrings strings = new HostileStrings(1);

  /** Settings, prompts and answers that the page must show as they are. */
  private final List<String> settings = strings.next(MANY);

  private final List<String> samples = strings.next(MANY);

  @Test
  void whatAFileSaysIsTextAndNothingElse() throws IOException {
    RunDirectory good =
        RunDirectory.open(
            ReportedRun.train(directory, Path.of("experiments", "think-add.yaml"), 2).directory());
    RunDirectory bad =
        poison(good, "<img src=x onerror=window.pwned=1>&\"'${1}\u202e__proto__1__x");
    try (Chromium chromium = new Chromium()) {
      Set<String> names = new TreeSet<>();
      List<List<String>> surroundings = new ArrayList<>();
      for (List<RunDirectory> runs : List.of(List.of(good), List.of(good, good))) {
        HostilePage page = open(chromium, runs);
        names.addAll(page.names());
        surroundings.add(page.surroundings());
        page.assertHarmless();
      }
      for (List<RunDirectory> runs : List.of(List.of(bad), List.of(bad, good, bad))) {
        HostilePage page = open(chromium, runs);
        Set<String> found = page.names();
        page.assertHarmless();
        assertTrue(names.containsAll(found), () -> found.removeAll(names) + " only with " + found);
        assertEquals(surroundings.get(runs.size() > 1 ? 1 : 0), page.surroundings());
        page.assertShows("the settings", settings);
        if (runs.size() == 1) {
          page.assertShows("the samples", samples);
          page.assertShows("the provenance", List.of(bad.path().getFileName().toString()));
        }
      }
      follow(chromium, bad, names);
    }
  }

  private HostilePage open(Chromium chromium, List<RunDirectory> runs) throws IOException {
    Path file = directory.resolve("page" + System.nanoTime() + ".html");
    ReportPage.write(runs, file);
    Page page = chromium.open(1280, 900, ColorScheme.LIGHT, true).page();
    return new HostilePage(page, file.toUri().toString());
  }

  /** The page of a run that is still writing: what comes as events is text, too. */
  private void follow(Chromium chromium, RunDirectory run, Set<String> names) throws IOException {
    Path metrics = run.metricsJsonLines();
    Path trace = run.path().resolve("trace").resolve("updates.jsonl");
    List<String> rows = Files.readAllLines(metrics);
    List<String> lines = Files.readAllLines(trace);
    Files.write(metrics, rows.subList(0, 1));
    Files.write(trace, lines.subList(0, 1));
    String summary = Files.readString(run.summary());
    Files.delete(run.summary());
    TestRuns.accept(run.path());
    try (LiveServer server = new LiveServer(run, 0)) {
      Page page = chromium.open(1280, 900, ColorScheme.LIGHT, false).page();
      HostilePage live = new HostilePage(page, server.address().toString());
      page.waitForFunction("() => document.querySelectorAll('.token').length > 0");
      Files.write(metrics, rows.subList(1, rows.size()), StandardOpenOption.APPEND);
      Files.write(trace, lines.subList(1, lines.size()), StandardOpenOption.APPEND);
      RunCheck.accept(run, "metrics.jsonl");
      RunCheck.accept(run, "trace/updates.jsonl");
      page.waitForFunction("() => document.querySelector('[data-testid=scrubber]').max === '1'");
      Set<String> found = live.names();
      assertTrue(names.containsAll(found), () -> found.removeAll(names) + " only with " + found);
      live.assertShows("the settings", settings);
      TestRuns.write(run, run.summary(), summary);
      page.waitForFunction(
          "() => document.querySelector('[data-testid=live]').textContent.includes('ended')");
      live.assertHarmless();
    }
  }

  /** A copy of a run in which everybody wrote what he liked. */
  private RunDirectory poison(RunDirectory run, String name) throws IOException {
    Path copy = directory.resolve(name);
    Files.createDirectories(copy.resolve("trace"));
    StringBuilder config = new StringBuilder(Files.readString(run.config()));
    String title = strings.next().replaceAll("\\p{Cs}|\\p{Cc}", "");
    int end = config.indexOf("\n", config.indexOf("name: "));
    config.replace(config.indexOf("name: "), end, "name: " + JSON.writeValueAsString(title));
    config.append("policy_notes:\n");
    for (int i = 0; i < MANY; i++) {
      String key = i % 2 == 0 ? "n" + i : i + strings.next();
      config.append("  ? ").append(JSON.writeValueAsString(key));
      config.append("\n  : ").append(JSON.writeValueAsString(settings.get(i))).append('\n');
    }
    Files.writeString(copy.resolve("config.yaml"), config);
    for (String file :
        List.of(
            "manifest.json",
            "summary.json",
            "metrics.jsonl",
            "trace/header.json",
            "trace/updates.jsonl")) {
      List<String> lines = new ArrayList<>();
      for (String line :
          file.endsWith("l")
              ? Files.readAllLines(run.path().resolve(file))
              : List.of(Files.readString(run.path().resolve(file)))) {
        lines.add(JSON.writeValueAsString(strings.poison(JSON.readTree(line))));
      }
      Files.write(copy.resolve(file), lines);
    }
    List<String> completions = new ArrayList<>();
    JsonNode first = JSON.readTree(Files.readAllLines(run.completions()).get(0));
    for (int i = 0; i < MANY; i++) {
      ObjectNode sample = first.deepCopy();
      sample.put("prompt", strings.next()).put("completion", samples.get(i));
      completions.add(JSON.writeValueAsString(sample));
    }
    Files.write(copy.resolve("completions.jsonl"), completions);
    return TestRuns.accept(copy);
  }
}
