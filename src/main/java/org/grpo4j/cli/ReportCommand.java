package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.report.page.ReportPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: the page of one run or several. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
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
final class ReportCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = RunArgument.DESCRIPTION)
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The file to write. Default: report.html in the run directory,",
        "or in the current directory if there are several."
      })
  private @Nullable Path out;

  @Mixin private ClasspathOptions common = new ClasspathOptions();

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<RunDirectory> directories = new ArrayList<>();
    for (Path run : runs) {
      directories.add(RunArgument.open(run, common.classes()));
    }
    Path file = out != null ? out : defaultFile(directories);
    if (Files.isDirectory(file)) {
      throw new UsageException("--out: must be a file, got the directory " + file);
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    ReportPage.write(directories, file);
    console.result(
        common.json
            ? Json.line(Json.object().put("report", file.toString()).put("bytes", Files.size(file)))
            : file.toString());
    return ExitCode.OK;
  }

  private static Path defaultFile(List<RunDirectory> runs) {
    return runs.size() == 1 ? runs.get(0).report() : Path.of("report.html");
  }
}
