package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.comparison.StandardMeasures;
import org.grpo4j.experiment.sweep.ComparisonJob;
import org.grpo4j.experiment.sweep.SweepEntry;
import org.grpo4j.report.comparison.ComparisonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: experiments side by side, with the same seeds. */
@Command(
    name = "compare",
    description = {
      "Trains experiments with the same seeds and compares them.",
      "Learning curves over completions, tokens, FLOPs and seconds.",
      "Intervals, tests and costs."
    },
    footer = {
      "",
      "The first experiment is what the others are compared with. Runs that exist are",
      "reused: after Ctrl-C the same command makes those that are missing. A run that",
      "fails is listed, and the exit code is 4. Runs are made seed after seed, and",
      "those with the first seed keep their trace, to be looked into.",
      "",
      "Examples:",
      "  grpo4j compare think-add --seeds 1-5",
      "  grpo4j compare GRPO=think-add KL=think-add-deepseekmath --seeds 1-10 --jobs 2",
      "  grpo4j compare think-add experiments/algorithms/ppo.yaml --seeds 1-3 \\",
      "      --set train.updates=100 --out grpo-against-ppo"
    })
final class CompareCommand extends SweepCommand {

  private static final String SEEDS = "1-5";

  @Parameters(
      arity = "1..*",
      paramLabel = "EXPERIMENT",
      description = {
        "Experiment files, or names of files in experiments/;",
        "NAME=FILE to choose what tables and legends call them."
      })
  private List<String> experiments = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of all experiments; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    check();
    List<SweepEntry> entries = entries();
    List<String> names = entries.stream().map(SweepEntry::name).toList();
    String title = String.join(" against ", names);
    ComparisonJob.Result result = run(job(title, entries, SEEDS, StandardMeasures.all()));
    if (result.comparison().isEmpty()) {
      return withoutComparison(result);
    }
    show(
        new ComparisonReport(
            result.comparison().get(), result.failures(), List.of(), result.notes()),
        fileName(names));
    return result.failures().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private List<SweepEntry> entries() {
    List<SweepEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String experiment : experiments) {
      int equals = experiment.indexOf('=');
      Path file = ExperimentOptions.locate(Path.of(experiment.substring(equals + 1)));
      String name =
          equals > 0
              ? experiment.substring(0, equals)
              : String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
      if (!names.add(name)) {
        throw new UsageException(
            "EXPERIMENT: two are called " + name + "\n  Name them: NAME=" + file);
      }
      entries.add(new SweepEntry(name, file, settings(settings)));
    }
    return entries;
  }

  private static String fileName(List<String> names) {
    String joined = String.join("-vs-", names).replaceAll("[^A-Za-z0-9.-]+", "-");
    return joined.substring(0, Math.min(100, joined.length()));
  }
}
