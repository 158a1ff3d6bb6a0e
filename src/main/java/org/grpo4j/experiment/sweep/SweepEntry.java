package org.grpo4j.experiment.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.RunReference;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.files.ConfigHash;

/**
 * One experiment of a sweep.
 *
 * @param name what the comparison calls it
 * @param file its experiment file
 * @param settings on top of the file, such as {@code train.updates=100}
 */
public record SweepEntry(String name, Path file, List<String> settings) {

  private static final int LONGEST_NAME = 64;

  public SweepEntry {
    settings = List.copyOf(settings);
  }

  /**
   * Its run with the first seed, which keeps a trace.
   *
   * @param stages the hashes of the configurations of the entries before this one, by name
   * @throws org.grpo4j.experiment.config.ConfigException if the file or a setting is wrong
   */
  PlannedRun plan(ExperimentFiles files, long seed, Map<String, String> stages) {
    List<String> all = new ArrayList<>(settings);
    all.add("seed=" + seed);
    all.add("name=" + runName());
    ExperimentConfig config = files.read(file, all).withRuns(run -> stage(run, stages));
    return new PlannedRun(name, config, ConfigHash.of(config), true);
  }

  private RunReference stage(RunReference run, Map<String, String> stages) {
    if (run.isResolved()) {
      return run;
    }
    if (!stages.containsKey(run.stage())) {
      throw new ConfigException(
          new Origin(file.toString(), 0),
          name,
          "begins with \"%s\", which is not among those before it: %s"
              .formatted(run.stage(), String.join(", ", stages.keySet())),
          "Put that one first, or correct the name.");
    }
    return run.resolved(stages.get(run.stage()));
  }

  /** The name as run directories can carry it. */
  private String runName() {
    String plain = name.replaceAll("[^A-Za-z0-9.-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    String shortened = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    return "\"" + (shortened.isEmpty() ? "experiment" : shortened) + "\"";
  }
}
