package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.cli.text.ReplayTable;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.limits.Limits;
import org.grpo4j.experiment.run.ForkJob;
import org.grpo4j.experiment.run.Replay;
import org.grpo4j.experiment.run.ReplayedUpdate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.PpoTrainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code replay}: does updates again and compares every bit; branches off; waits for a debugger.
 */
@Command(
    name = "replay",
    description = {
      "Does updates of a run again and compares every bit.",
      "It starts from the checkpoint before them and compares rollout, rewards, advantages, steps"
          + " and parameters with the digest in the trace. Exit code 4 if one differs."
    },
    footer = {
      "",
      "With --from-here a new run branches off before that update, with other",
      "settings. With --debug it stops before that update and waits there for a",
      "debugger to attach; everything is computed on one thread.",
      "",
      "Examples:",
      "  grpo4j replay last --update 57",
      "  grpo4j replay last --random 10",
      "  grpo4j replay last --update 100 --from-here --set train.learning_rate=5e-4",
      "  grpo4j replay last --update 57 --debug"
    })
final class ReplayCommand extends OpeningCommand {

  /** Difference of a metric, relative to it or to 1, that single precision explains. */
  private static final double ROUNDING = 1e-4;

  @Parameters(paramLabel = "RUN", description = RUN)
  private Path run = Path.of("");

  @ArgGroup(multiplicity = "1")
  private UpdateSelection which = new UpdateSelection();

  @Mixin private LimitOptions limits = new LimitOptions();

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
      description = "Stop before that update and wait for a debugger, on one thread.")
  private boolean debug;

  @Option(
      names = "--readable",
      description =
          "Compute the last update with the readable layers, to step into them; the network's last"
              + " digits then differ, so it is compared up to rounding and not bit by bit.")
  private boolean readable;

  @Override
  public Integer call() throws IOException {
    checkOptions();
    RunDirectory directory = open(run);
    run = directory.path();
    try (Replay replay = UsageException.of(() -> Replay.open(directory, debug ? 1 : 0))) {
      List<Integer> updates = which.of(replay.updates());
      limits.check(
          this,
          fromHere
              ? Limits.ofTraining(directory.readConfig(settings))
              : Limits.ofUpdates(directory.readConfig(), updates.size()));
      if (debug && !DebuggedProcess.isThis()) {
        return DebuggedProcess.run(argumentsOfDebugged(updates.get(0)));
      }
      noteCircumstances(
          replay.otherCircumstances(updates.get(updates.size() - 1), ExperimentFiles.home()));
      return fromHere ? fork(replay, updates.get(0)) : verify(replay, updates);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private void checkOptions() {
    if ((fromHere || debug) && which.updates.size() != 1) {
      throw new UsageException("--update: must be one update with --from-here and --debug");
    }
    if (fromHere && (debug || readable)) {
      throw new UsageException("--debug and --readable: not together with --from-here");
    }
    if (!fromHere && (out != null || !settings.isEmpty())) {
      throw new UsageException("--set and --out: only together with --from-here");
    }
  }

  private List<String> argumentsOfDebugged(int update) {
    List<String> arguments =
        new ArrayList<>(List.of("replay", run.toString(), "--update", update + "", "--debug"));
    arguments.addAll(classpath());
    if (readable) {
      arguments.add("--readable");
    }
    if (json) {
      arguments.add("--json");
    }
    if (quiet) {
      arguments.add("--quiet");
    }
    return arguments;
  }

  private int verify(Replay replay, List<Integer> updates) throws IOException {
    List<ReplayTable.Row> rows = new ArrayList<>();
    for (int update : updates) {
      if (stop().getAsBoolean()) {
        return ExitCode.INTERRUPTED;
      }
      List<ReplayedUpdate> done = new ArrayList<>(UsageException.of(() -> replay.before(update)));
      if (readable) {
        replay.makeReadable();
      }
      if (debug) {
        howToDebug(update, replay.directory());
        DebugStop.beforeUpdate(update);
      }
      ReplayedUpdate last = replay.next();
      done.add(readable ? last.upTo(ROUNDING) : last);
      ReplayTable.Row row = new ReplayTable.Row(update, done);
      rows.add(row);
      note("update " + update + "  " + row.result());
    }
    List<Integer> missing = which.isAll() ? UsageException.of(replay::missing) : List.of();
    ReplayTable table = new ReplayTable(run, readable, rows, missing);
    print(table::json, table::text);
    return table.allIdentical() ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  /** Says plainly that the bits may differ, if they may. */
  private void noteCircumstances(List<String> differences) {
    if (!differences.isEmpty()) {
      note("not as when the run was made, so last digits may differ:");
      differences.forEach(difference -> note("  " + difference));
    }
  }

  /** The update at which the program stops, where to set breakpoints, and how to attach. */
  private void howToDebug(int update, RunDirectory run) throws IOException {
    boolean critic = run.readConfig().critic().isPresent();
    String signature = "public UpdateTrace update(int update, UpdateInspector";
    console().note("Stopped before update " + update + ". Breakpoints stop in this update only:");
    place(critic ? PpoTrainer.class : GrpoTrainer.class, "update", signature);
    place(GroupRelativeAdvantage.class, "estimate", "public Advantages estimate(");
    place(GrpoObjective.class, "evaluateToken", "private TokenLoss evaluateToken(");
    console().note("To step into the network too, add --readable: the kernels are hard to follow.");
    String port = DebuggedProcess.portOfThis();
    console()
        .note("Attach \"attach to replay\" in IntelliJ or VS Code, or the JDK's own debugger:");
    console().note("  jdb -sourcepath src/main/java -attach " + port);
    // The words that development environments look for.
    console().note("Listening for transport dt_socket at address: " + port);
  }

  private void place(Class<?> type, String method, String declaration) {
    Path home = ExperimentFiles.home();
    console().note("  " + DebuggedProcess.place(home, type, method, declaration));
  }

  private int fork(Replay replay, int update) throws IOException {
    ForkJob job =
        new ForkJob(
            replay,
            update,
            replay.directory().readConfig(settings),
            settings,
            runs(out),
            ExperimentFiles.home());
    List<ReplayedUpdate> before = UsageException.of(() -> replay.before(update));
    for (ReplayedUpdate one : before) {
      if (!one.identical()) {
        String elsewhere =
            "%s\n"
                + "  The fork would not have begun where the run was. At update %s there is a"
                + " checkpoint.";
        console().error(elsewhere.formatted(ReplayTable.difference(one), one.checkpoint()));
        return ExitCode.CHECK_FAILED;
      }
    }
    String again = Figures.count(before.size(), "update") + " done again, identical";
    note(
        before.isEmpty()
            ? "at the checkpoint before update " + update
            : "before update " + update + ": " + again);
    return train(listener -> job.run(stop(), listener));
  }
}
