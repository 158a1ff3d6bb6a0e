package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.FileCheck;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunCheck;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.ReportPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: the page of one run or several. */
@Command(
    name = "report",
    description = {
      "Writes the page of a run, or of several, as one HTML file.",
      "Learning curves, every traced update with its numbers explained, and \"what if\". It opens"
          + " from disk and needs no network."
    },
    footer = {
      "",
      "Runs of one experiment with several seeds are drawn as a mean with a band.",
      "",
      "Examples:",
      "  grpo4j report last",
      "  grpo4j report runs/think-add__* --out seeds.html"
    })
final class ReportCommand extends OpeningCommand {

  @Parameters(arity = "1..*", paramLabel = "RUN", description = RUN)
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The file to write. Default: report.html in the run directory,",
        "or in the current directory if there are several."
      })
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    List<RunDirectory> directories = runs.stream().map(this::open).toList();
    Path one = directories.size() == 1 ? directories.get(0).report() : Path.of("report.html");
    Path file = out != null ? out : one;
    if (Files.isDirectory(file)) {
      throw new UsageException("--out: must be a file, got the directory " + file);
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    ReportPage.write(directories, file);
    for (RunDirectory run : directories) {
      for (FileCheck check : RunCheck.damage(run)) {
        console().warning(String.valueOf(run.sealed().damage(check).getMessage()));
      }
    }
    console()
        .result(
            json
                ? Json.line(
                    Json.object().put("report", file.toString()).put("bytes", Files.size(file)))
                : file.toString());
    return ExitCode.OK;
  }
}
