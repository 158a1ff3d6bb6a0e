package org.grpo4j.report.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.report.Table;

/** The files kept of an experiment beside its definition: numbers, pictures and a page. */
public final class RecordedFiles {

  /** The page that lists all others. */
  public static final String INDEX = "README.md";

  private static final String YAML = ".yaml";

  private static final String INTRODUCTION =
      """
      # Recorded experiments

      <!-- Written by `./grpo4j experiment NAME --record`. -->

      Questions, what was expected and what came out. The expectations are from runs of an earlier implementation in PyTorch (cold start of 1,500
      steps, where it is 2,750 here) and were not changed after seeing the results; a missed one is published as missed. Each page has the setting,
      pictures, numbers with intervals, what to conclude and what not. `./grpo4j experiment` lists the definitions, and `--check` tells whether a
      record still holds.

      """;

  private RecordedFiles() {}

  /**
   * Writes the record, its pictures and its page beside {@code definitionFile}.
   *
   * @throws IllegalArgumentException if the definition names a picture that there is not; nothing
   *     has been written then
   */
  public static void write(
      Path definitionFile,
      ExperimentDefinition definition,
      RecordedResult record,
      Comparison comparison)
      throws IOException {
    Map<String, String> plots = new LinkedHashMap<>(ComparisonPlots.files(comparison));
    ScoresAtK.of(record)
        .ifPresent(plot -> plots.put(ScoresAtK.PICTURE + ".svg", plot.standalone()));
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        definition.name() + ".json",
        record.toJson(
            definition.check(record.table()), RecordedNumbers.statistics(definition, record)));
    for (String picture : definition.pictures()) {
      String plot = plots.get(picture + ".svg");
      if (plot == null) {
        throw new IllegalArgumentException(
            "pictures: must be among "
                + String.join(", ", plots.keySet()).replace(".svg", "")
                + ", got \""
                + picture
                + "\"");
      }
      files.put(picture(definition, picture), plot);
    }
    files.put(definition.name() + ".md", RecordedPage.of(definition, record));
    for (Map.Entry<String, String> file : files.entrySet()) {
      AtomicFiles.write(definitionFile.resolveSibling(file.getKey()), file.getValue());
    }
  }

  /** The file name of a picture. */
  static String picture(ExperimentDefinition definition, String picture) {
    return definition.name() + "-" + picture + ".svg";
  }

  /** The index of the records in {@code directory}. */
  public static String index(Path directory) throws IOException {
    Table table = new Table().row("experiment", "question", "expectations held");
    for (Path file : definitions(directory)) {
      ExperimentDefinition definition = ExperimentDefinition.read(file);
      Path json = file.resolveSibling(definition.name() + ".json");
      String page = definition.name() + YAML;
      String held = "not recorded yet";
      if (Files.exists(json)) {
        List<BandResult> bands = definition.check(RecordedResult.read(json).table());
        page = definition.name() + ".md";
        held = bands.isEmpty() ? "none stated" : RecordedPage.held(bands);
      }
      table.row("[" + definition.name() + "](" + page + ")", definition.question(), held);
    }
    return INTRODUCTION + table.markdown();
  }

  /** The definition files in {@code directory}: e1 before e2 before e10. */
  public static List<Path> definitions(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(YAML))
          .sorted(Comparator.comparing(RecordedFiles::order))
          .toList();
    }
  }

  /** R1's pipeline and the definitions of {@code experiments/recorded}. */
  public static List<Path> all(Path experiments) throws IOException {
    List<Path> all = new ArrayList<>(List.of(experiments.resolve("r1.yaml")));
    all.addAll(definitions(experiments.resolve("recorded")));
    return all;
  }

  private static String order(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches("e\\d-.*") ? "e0" + name.substring(1) : name;
  }
}
