package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.config.ConfigReference;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordCheck;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.recorded.SeedTable;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.report.Table;
import org.grpo4j.report.comparison.ComparisonReport;
import org.grpo4j.report.comparison.RecordBlocks;
import org.grpo4j.report.comparison.RecordedFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code experiment}: a question with variants and expectations, recorded and checked. */
@Command(
    name = "experiment",
    description = {
      "Runs an experiment of several variants and checks what it expects.",
      "Without a name: lists the definitions there are."
    },
    footer = {
      "",
      "The exit code is 4 if an expectation is violated, a run failed, or --check",
      "found a change. Runs that exist are reused unless --fresh is given.",
      "",
      "Examples:",
      "  grpo4j experiment",
      "  grpo4j experiment e2-group-size --jobs 2",
      "  grpo4j experiment e2-group-size --record",
      "  grpo4j experiment e2-group-size --check --fresh"
    })
final class ExperimentCommand extends SweepCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "DEFINITION",
      description = "Definition file, or the name of one in experiments/recorded/ or gallery/.")
  private @Nullable String definition;

  @Option(
      names = "--record",
      description =
          "Write the result beside the definition: numbers with provenance, plots and a page. If"
              + " every number that is there already comes out the same, only new ones are added.")
  private boolean record;

  @Option(
      names = "--check",
      description = "Compare with the recorded result, and say what is different.")
  private boolean check;

  @Option(
      names = "--help-definition",
      description = "Print everything a definition file can say, and exit.")
  private boolean helpDefinition;

  @Override
  public Integer call() throws IOException {
    if (helpDefinition) {
      console().result(ConfigReference.plain(ExperimentDefinition.class).stripTrailing());
      return ExitCode.OK;
    }
    if (definition == null) {
      return list();
    }
    check();
    Path file = locate(definition);
    ExperimentDefinition wanted = ExperimentDefinition.read(file);
    Path recordFile = file.resolveSibling(wanted.name() + ".json");
    RecordedResult recorded =
        check ? UsageException.of(() -> RecordedResult.read(recordFile)) : null;
    ComparisonJob.Result result =
        run(
            job(
                wanted.question(),
                entries(wanted, wanted.variants(), file),
                wanted.seeds(),
                wanted.allMeasures()));
    if (result.comparison().isEmpty()) {
      return withoutComparison(result);
    }
    Comparison comparison = result.comparison().get();
    List<BandResult> bands = wanted.check(SeedTable.of(comparison));
    List<String> notes = new ArrayList<>(result.notes());
    boolean holds = bands.stream().allMatch(BandResult::holds) && result.failures().isEmpty();
    if (recorded != null) {
      RecordCheck found = RecordCheck.of(recorded, comparison);
      notes.addAll(words(recorded, found));
      holds &= found.holds();
    }
    show(new ComparisonReport(comparison, result.failures(), bands, notes), wanted.name());
    if (record && result.failures().isEmpty()) {
      write(file, wanted, comparison);
    }
    return holds ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private static List<String> words(RecordedResult recorded, RecordCheck found) {
    List<String> words = new ArrayList<>();
    words.add(
        ("Against the record of %s: numbers that are identical in every seed %d,"
                + " that differ by no more than chance %d, that have changed %d.")
            .formatted(
                recorded.recordedAt(),
                found.identical(),
                found.compatible(),
                found.changes().size()));
    found.changes().forEach(change -> words.add("Changed: " + change));
    return words;
  }

  private void write(Path file, ExperimentDefinition wanted, Comparison comparison)
      throws IOException {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    RecordedResult result = RecordedResult.of(wanted.name(), now, comparison);
    Path recordFile = file.resolveSibling(wanted.name() + ".json");
    if (Files.exists(recordFile)) {
      RecordedResult before = RecordedResult.read(recordFile);
      if (RecordCheck.of(before, comparison).isIdentical()) {
        result = before.completedWith(result);
      }
    }
    try {
      RecordedFiles.write(file, wanted, result, comparison);
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
    if (file.toAbsolutePath().normalize().startsWith(library().toAbsolutePath().normalize())) {
      AtomicFiles.write(library().resolve(RecordedFiles.INDEX), RecordedFiles.index(library()));
    }
    Path r1 = ExperimentFiles.library().resolveSibling("docs").resolve("r1.md");
    if (Files.exists(r1)) {
      AtomicFiles.write(r1, RecordBlocks.filled(r1, RecordedFiles.all(ExperimentFiles.library())));
    }
    note("Recorded: " + file.resolveSibling(wanted.name() + ".md"));
  }

  private int list() throws IOException {
    Table table = new Table();
    for (Path file : RecordedFiles.definitions(library())) {
      ExperimentDefinition found = ExperimentDefinition.read(file);
      boolean isRecorded = Files.exists(file.resolveSibling(found.name() + ".json"));
      table.row(
          found.name(),
          found.variants().size() + " x " + found.seeds(),
          isRecorded ? "recorded" : "",
          found.question());
    }
    console().result(table.toString().stripTrailing());
    return ExitCode.OK;
  }

  private static Path library() {
    return ExperimentFiles.library().resolve("recorded");
  }

  /** The definition of this name in the library, or of this path. */
  static Path locate(String name) {
    Path experiments = ExperimentFiles.library();
    for (Path directory : List.of(library(), experiments.resolve("gallery"), experiments)) {
      Path inLibrary = directory.resolve(name + ".yaml");
      if (!Files.exists(Path.of(name)) && Files.exists(inLibrary)) {
        return inLibrary;
      }
    }
    return Path.of(name);
  }
}
