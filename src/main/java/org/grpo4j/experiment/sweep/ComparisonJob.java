package org.grpo4j.experiment.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.RunStore;
import org.grpo4j.experiment.files.RunArchive;
import org.grpo4j.experiment.statistics.Bootstrap;

/**
 * A comparison from beginning to end: plan the runs, reuse those that exist, make the others, read
 * them all, compare.
 *
 * @param title what is compared
 * @param entries the experiments; differences are from the first
 * @param seeds the seeds of every experiment
 * @param measures what is measured
 * @param runs directory of the runs
 * @param jobs how many runs are made at a time
 * @param fresh whether runs that exist are made again
 */
public record ComparisonJob(
    String title,
    List<SweepEntry> entries,
    List<Long> seeds,
    List<Measure> measures,
    Path runs,
    int jobs,
    boolean fresh) {

  public ComparisonJob {
    entries = List.copyOf(entries);
    seeds = List.copyOf(seeds);
    measures = List.copyOf(measures);
  }

  /**
   * The result of a job.
   *
   * @param comparison the comparison; none if no run of some experiment came to its end
   * @param failures runs that did not
   * @param notes what a reader must know to judge the numbers
   * @param interrupted whether the user stopped it
   */
  public record Result(
      Optional<Comparison> comparison,
      List<RunOutcome> failures,
      List<String> notes,
      boolean interrupted) {

    public Result {
      failures = List.copyOf(failures);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Does it.
   *
   * @param files reads the experiment files
   * @param engine makes the runs that are missing
   * @param stopRequested whether the user has asked to stop
   * @param listener told what happens
   * @throws org.grpo4j.experiment.config.ConfigException if an experiment file is wrong; nothing
   *     has been run then
   */
  public Result run(
      ExperimentFiles files,
      SweepEngine engine,
      BooleanSupplier stopRequested,
      Consumer<? super SweepEvent> listener)
      throws IOException {
    RunArchive archive = RunArchive.of(runs);
    List<PlannedRun> planned = plan(files);
    List<PlannedRun> missing = missing(planned, archive);
    List<String> notes = damage(missing, archive);
    int reused = fresh ? 0 : (int) planned.stream().filter(run -> isThere(run, archive)).count();
    listener.accept(new SweepEvent.Planned(reused, missing));
    SweepEngine.Made made = engine.run(missing, runs, stopRequested, listener);
    List<RunOutcome> failures =
        made.outcomes().stream().filter(outcome -> !outcome.succeeded()).toList();
    if (made.stopped()) {
      return new Result(Optional.empty(), failures, List.of(), true);
    }
    RunArchive now = missing.isEmpty() ? archive : archive.again();
    List<ComparedExperiment> experiments = read(planned, failures, now);
    if (experiments.stream().anyMatch(found -> found.runs().isEmpty())) {
      return new Result(Optional.empty(), failures, List.of(), false);
    }
    Comparison found = Comparison.of(title, experiments, measures, Bootstrap.STANDARD);
    notes.addAll(ComparisonNotes.of(experiments, found.clock(), reused, missing.size(), jobs));
    return new Result(Optional.of(found), failures, notes, false);
  }

  /** Runs that are made again since those that are there are damaged. */
  private static List<String> damage(List<PlannedRun> missing, RunArchive archive) {
    List<String> notes = new ArrayList<>();
    for (PlannedRun run : missing) {
      archive
          .damage(run.configHash(), run.seed())
          .ifPresent(what -> notes.add("Not used, and made again: " + what + "."));
    }
    return notes;
  }

  /**
   * All runs, seed after seed: what the machine does besides then falls on all experiments alike,
   * and the first one's cold start serves the others. The runs of the first seed keep a trace. A
   * run that begins with that of another experiment comes after it.
   */
  private List<PlannedRun> plan(ExperimentFiles files) {
    List<PlannedRun> planned = new ArrayList<>();
    Map<String, String> stages = new LinkedHashMap<>();
    for (SweepEntry entry : entries) {
      PlannedRun first = entry.plan(files, seeds.get(0), stages);
      stages.put(entry.name(), first.configHash());
      planned.add(first);
    }
    List<PlannedRun> first = List.copyOf(planned);
    for (long seed : seeds.subList(1, seeds.size())) {
      first.forEach(run -> planned.add(run.withSeed(seed)));
    }
    return planned;
  }

  /** Runs that are not there yet; those that two experiments have in common only once. */
  private List<PlannedRun> missing(List<PlannedRun> planned, RunArchive archive) {
    Map<String, PlannedRun> missing = new LinkedHashMap<>();
    for (PlannedRun run : planned) {
      if (fresh || !isThere(run, archive)) {
        missing.putIfAbsent(run.key(), run);
      }
    }
    return List.copyOf(missing.values());
  }

  private static boolean isThere(PlannedRun run, RunArchive archive) {
    return archive.find(run.configHash(), run.seed()).isPresent();
  }

  private List<ComparedExperiment> read(
      List<PlannedRun> planned, List<RunOutcome> failures, RunArchive archive) throws IOException {
    Set<String> failed =
        failures.stream().map(outcome -> outcome.run().key()).collect(Collectors.toSet());
    Map<String, List<PlannedRun>> byExperiment =
        planned.stream().collect(Collectors.groupingBy(PlannedRun::experiment));
    RunStore store = RunStore.open();
    List<ComparedExperiment> experiments = new ArrayList<>();
    for (SweepEntry entry : entries) {
      List<FinishedRun> finished = new ArrayList<>();
      for (PlannedRun run : byExperiment.getOrDefault(entry.name(), List.of())) {
        Optional<Path> directory = archive.find(run.configHash(), run.seed());
        if (directory.isPresent() && !failed.contains(run.key())) {
          finished.add(store.read(directory.get()));
        }
      }
      experiments.add(new ComparedExperiment(entry.name(), finished));
    }
    return experiments;
  }
}
