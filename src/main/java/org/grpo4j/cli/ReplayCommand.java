package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.grpo4j.experiment.run.ForkJob;
import org.grpo4j.experiment.run.Replay;
import org.grpo4j.experiment.run.ReplayedUpdate;
import org.grpo4j.experiment.run.RunDirectory;
import org.grpo4j.experiment.run.RunSummary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code replay}: does updates again and compares every bit; branches off; waits for a debugger.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Does updates of a run again, from the checkpoint before them, and compares every bit with",
      "the digest in the trace: rollout, rewards, advantages, steps, parameters. Exit code 4 if",
      "one differs."
    },
    footer = {
      "",
      "With --from-here a new run goes on from before that update, with other settings.",
      "With --debug it waits for a debugger, and computes on one thread.",
      "",
      "Examples:",
      "  grpo4j replay runs/think-add__1__20260101T120000Z --update 57",
      "  grpo4j replay runs/think-add__1__20260101T120000Z --random 10",
      "  grpo4j replay runs/think-add__1__20260101T120000Z --update 100 --from-here \\",
      "      --set train.learning_rate=5e-4",
      "  grpo4j replay runs/think-add__1__20260101T120000Z --update 57 --debug"
    })
final class ReplayCommand implements Callable<Integer> {

  private final Console console;
  private final BooleanSupplier stopRequested;

  @Parameters(paramLabel = "RUN", description = "A run directory with a trace.")
  private Path run = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = "--from-here",
      description = "Then train on from before that update, as a new run.")
  private boolean fromHere;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "With --from-here: change a setting; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "With --from-here: where the new run directory goes. Default: runs.")
  private @Nullable Path out;

  @Option(
      names = "--debug",
      description = {
        "Wait for a debugger and stop before that update, on one thread.",
        "Of an error, print the stack trace."
      })
  private boolean debug;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the result only: no progress, no notes.")
  private boolean quiet;

  /** Which updates. */
  private static final class Which {

    @Option(
        names = "--update",
        paramLabel = "U",
        split = ",",
        description = "These updates, the first being 0: 57 or 3,57,190.")
    private List<Integer> updates = new ArrayList<>();

    @Option(names = "--random", paramLabel = "N", description = "So many, drawn at random.")
    private @Nullable Integer random;

    @Option(names = "--all", description = "All of them.")
    private boolean all;

    List<Integer> of(List<Integer> traced) {
      if (traced.isEmpty()) {
        throw new UsageException("the trace holds no update yet\n  Wait for one, or train again.");
      }
      if (random != null && (random < 1 || random > traced.size())) {
        throw new UsageException(
            "--random: must be at least 1 and at most " + traced.size() + ", got " + random);
      }
      if (all) {
        return traced;
      }
      return new ArrayList<>(new TreeSet<>(random == null ? updates : draw(random, traced)));
    }

    /** Of these; others every time, and the result says which. */
    private static List<Integer> draw(int count, List<Integer> traced) {
      SplittableRandom generator = new SplittableRandom(System.nanoTime());
      List<Integer> left = new ArrayList<>(traced);
      List<Integer> drawn = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        drawn.add(left.remove(generator.nextInt(left.size())));
      }
      return drawn;
    }
  }

  ReplayCommand(Console console, BooleanSupplier stopRequested) {
    this.console = console;
    this.stopRequested = stopRequested;
  }

  @Override
  public Integer call() throws IOException {
    checkOptions();
    RunDirectory directory = RunArgument.open(run);
    try (Replay replay = open(directory)) {
      List<Integer> updates = which.of(replay.updates());
      if (debug && !DebuggedProcess.isThis()) {
        int update = updates.get(0);
        ReplayNotes.tellHowToDebug(console, update, directory);
        return new DebuggedProcess(console).run(argumentsOfDebugged(update));
      }
      ReplayNotes notes = new ReplayNotes(quiet ? text -> {} : console::note);
      notes.circumstances(
          replay.otherCircumstances(updates.get(updates.size() - 1), ExperimentOptions.home()));
      return fromHere ? fork(replay, updates.get(0), notes) : verify(replay, updates, notes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Replay open(RunDirectory directory) {
    try {
      return Replay.open(directory, debug ? 1 : 0);
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void checkOptions() {
    if ((fromHere || debug) && which.updates.size() != 1) {
      throw new UsageException("--update: must be one update with --from-here and --debug");
    }
    if (fromHere && debug) {
      throw new UsageException("--debug: not together with --from-here");
    }
    if (!fromHere && (out != null || !settings.isEmpty())) {
      throw new UsageException("--set and --out: only together with --from-here");
    }
  }

  private List<String> argumentsOfDebugged(int update) {
    List<String> arguments =
        new ArrayList<>(List.of("replay", run.toString(), "--update", update + "", "--debug"));
    if (json) {
      arguments.add("--json");
    }
    if (quiet) {
      arguments.add("--quiet");
    }
    return arguments;
  }

  /** Up to the update; a damaged checkpoint is nothing unexpected. */
  private static List<ReplayedUpdate> reach(Replay replay, int update) {
    try {
      return replay.before(update);
    } catch (IOException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private int verify(Replay replay, List<Integer> updates, ReplayNotes notes) throws IOException {
    List<ReplayTable.Row> rows = new ArrayList<>();
    for (int update : updates) {
      if (stopRequested.getAsBoolean()) {
        return ExitCode.INTERRUPTED;
      }
      List<ReplayedUpdate> done = new ArrayList<>(reach(replay, update));
      if (debug) {
        DebugStop.beforeUpdate(update);
      }
      done.add(replay.next());
      ReplayTable.Row row = new ReplayTable.Row(update, done);
      rows.add(row);
      notes.done(row);
    }
    ReplayTable table = new ReplayTable(run, rows);
    console.result(json ? table.json() : table.text());
    return table.allIdentical() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private int fork(Replay replay, int update, ReplayNotes notes) throws IOException {
    Path runs = out == null ? Path.of("runs") : out;
    ForkJob job = ForkJob.of(replay, update, settings, runs, ExperimentOptions.home());
    List<ReplayedUpdate> before = reach(replay, update);
    for (ReplayedUpdate one : before) {
      if (!one.identical()) {
        console.error(
            ReplayTable.difference(one)
                + "\n  The fork would not have begun where the run was. At update "
                + one.checkpoint()
                + " there is a checkpoint.");
        return ExitCode.CHECK_FAILED;
      }
    }
    notes.reached(update, before);
    RunSummary summary;
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet)) {
      summary = job.run(stopRequested, display::show);
    }
    return TrainingEnd.show(console, summary, json);
  }
}
