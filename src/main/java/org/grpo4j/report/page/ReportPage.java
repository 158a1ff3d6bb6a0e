package org.grpo4j.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.grpo4j.experiment.files.DerivedFile;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.experiment.files.RunDirectory;

/**
 * The report: one HTML file without any other, which opens from disk and needs no network. Of one
 * run it shows everything, of several their curves together and the updates of each.
 */
public final class ReportPage {

  private static final int SCHEMA = 1;

  /** Of the five megabytes a report may have, what is left for traced updates. */
  private static final long MOST_TRACE = 3_800_000;

  private ReportPage() {}

  /** The page of these runs. */
  public static String of(List<RunDirectory> runs) throws IOException {
    return page(runs, Optional.empty(), Optional.empty());
  }

  /**
   * The page of a run as it is now, which then asks the server it came from for more.
   *
   * @param events where it asks
   */
  static String live(RunDirectory run, String events) throws IOException {
    return page(List.of(run), Optional.of(events), Optional.empty());
  }

  /** Writes the page of these runs into {@code file}, whole or not at all. */
  public static void write(List<RunDirectory> runs, Path file) throws IOException {
    DerivedFile.write(file, page(runs, Optional.empty(), sources(file)));
  }

  /** The way from a page to the sources, if it lies among them; links lead there. */
  private static Optional<String> sources(Path file) {
    String way = "./";
    Path above = file.toAbsolutePath().normalize().getParent();
    while (above != null && !Files.isRegularFile(above.resolve("docs/equations.md"))) {
      above = above.getParent();
      way += "../";
    }
    return above == null ? Optional.empty() : Optional.of(way);
  }

  private static String page(
      List<RunDirectory> runs, Optional<String> events, Optional<String> sources)
      throws IOException {
    ObjectNode data = Json.object();
    data.put("schema", SCHEMA);
    data.put("program", "grpo4j " + Manifest.VERSION);
    sources.ifPresent(way -> data.put("sources", way));
    events.ifPresent(path -> data.putObject("live").put("events", path));
    data.set("choices", WhatIfJson.choices());
    ArrayNode list = data.putArray("runs");
    for (RunDirectory run : runs) {
      list.add(new RunData(run).json(MOST_TRACE / runs.size()));
    }
    String title =
        runs.stream()
            .map(run -> String.valueOf(run.path().toAbsolutePath().normalize().getFileName()))
            .map(name -> name.replaceAll("__[^_]*$", "").replace("__", ", seed "))
            .distinct()
            .limit(3)
            .collect(Collectors.joining("; "));
    return PageFrame.page(title + " - grpo4j", Json.line(data), events.isPresent());
  }
}
