package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.Checkpoints;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.JobEvent;
import org.grpo4j.policy.NonFinite;

/**
 * The state of affairs that a sudden end has to tell of: how the command can be gone on with, and
 * what it needs.
 */
final class Standing {

  private volatile Optional<RunDirectory> run = Optional.empty();
  private volatile boolean trained;
  private volatile String need = "";
  private volatile List<String> options = List.of();

  /** Remembers what the command that goes on must be given too, such as {@code --classpath}. */
  void goesOnWith(List<String> options) {
    this.options = List.copyOf(options);
  }

  /** Looks out for the run directory among the events of a training. */
  void see(JobEvent event) {
    if (event instanceof JobEvent.Started started) {
      run = Optional.of(started.directory());
    }
  }

  /** Remembers that the run has come to its end: what follows are its pictures and its page. */
  void trained() {
    trained = true;
  }

  /** Remembers the estimate of what the command needs, as a message shows it. */
  void needs(String sum) {
    need = sum;
  }

  /** The estimate; empty if nothing was estimated. */
  String need() {
    return need;
  }

  /** The way to go on, as a sentence: runs are whole on disk at every moment. */
  String goOn() {
    if (run.isEmpty()) {
      return "Nothing that was there is lost: the same command does it again.";
    }
    String path = argumentsFor(run.get());
    return trained
        ? "The run is whole. Its page: ./grpo4j report " + path
        : "What is written is whole. To go on: ./grpo4j train --resume " + path;
  }

  /** The ways on after a number that was not finite, one a line; nothing if no run was begun. */
  String after(NonFinite.Where where) {
    if (run.isEmpty()) {
      return "";
    }
    String path = argumentsFor(run.get());
    boolean replays = where.part().equals("update") && Files.exists(run.get().trace());
    String again =
        replays
            ? "./grpo4j replay " + path + " --update " + where.number()
            : "./grpo4j train --resume " + path;
    String set = where.part().equals("cold-start step") ? "cold_start." : "train.";
    String elsewhere = ":\n  " + again + " --from-here --set train.learning_rate=...";
    return ("\n"
            + "  The last good checkpoint: %s\n"
            + "  The same once more: %s\n"
            + "  A smaller learning rate or %smax_gradient_norm, a larger %sadam.epsilon or a"
            + " smaller reward may help%s")
        .formatted(lastCheckpoint(run.get()), again, set, set, replays ? elsewhere : ".");
  }

  private static String lastCheckpoint(RunDirectory run) {
    try {
      Optional<Checkpoints.Checkpoint> last = new Checkpoints(run).newest().checkpoint();
      return last.map(found -> found.directory().toString()).orElse("there is none yet");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String argumentsFor(RunDirectory run) {
    return Stream.concat(Stream.of(run.path().toString()), options.stream())
        .map(Standing::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String path) {
    return path.matches("[\\w./+:@%-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
