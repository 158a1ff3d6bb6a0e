package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.Figures;
import org.grpo4j.cli.text.ReplayTable;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.run.ReplayedUpdate;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.PpoTrainer;

/**
 * The notes of {@code replay} on the way.
 *
 * @param note prints one
 */
record ReplayNotes(Consumer<String> note) {

  /** Says plainly that the bits may differ, if they may. */
  void circumstances(List<String> differences) {
    if (!differences.isEmpty()) {
      note.accept("not as when the run was made, so last digits may differ:");
      differences.forEach(difference -> note.accept("  " + difference));
    }
  }

  /** One of the updates that were asked for is done. */
  void done(ReplayTable.Row row) {
    note.accept("update " + row.update() + "  " + row.result());
  }

  /** The place where a fork begins. */
  void reached(int update, List<ReplayedUpdate> done) {
    String again = Figures.count(done.size(), "update") + " done again, identical";
    note.accept(
        done.isEmpty()
            ? "at the checkpoint before update " + update
            : "before update " + update + ": " + again);
  }

  /** The update at which the program stops, where to set breakpoints, and how to attach. */
  static void howToDebug(Console console, int update, RunDirectory run) throws IOException {
    boolean critic = run.readConfig().critic().isPresent();
    String signature = "public UpdateTrace update(int update, UpdateInspector";
    console.note("Stopped before update " + update + ". Breakpoints stop in this update only:");
    place(console, critic ? PpoTrainer.class : GrpoTrainer.class, "update", signature);
    place(console, GroupRelativeAdvantage.class, "estimate", "public Advantages estimate(");
    place(console, GrpoObjective.class, "evaluateToken", "private TokenLoss evaluateToken(");
    console.note("To step into the network too, add --readable: the kernels are hard to follow.");
    String port = DebuggedProcess.portOfThis();
    console.note("Attach \"attach to replay\" in IntelliJ or VS Code, or the JDK's own debugger:");
    console.note("  jdb -sourcepath src/main/java -attach " + port);
    // The words that development environments look for.
    console.note("Listening for transport dt_socket at address: " + port);
  }

  private static void place(Console console, Class<?> type, String method, String declaration) {
    Path home = ExperimentFiles.home();
    console.note("  " + DebuggedProcess.place(home, type, method, declaration));
  }
}
