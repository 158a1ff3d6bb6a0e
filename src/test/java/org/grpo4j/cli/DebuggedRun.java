package org.grpo4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.tour.Jdb;

/** The real program in a process that waits for a debugger. */
final class DebuggedRun implements AutoCloseable {

  final Process process;
  private final BufferedReader output;

  DebuggedRun(List<String> command, Path directory) throws IOException {
    process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    output = process.inputReader();
  }

  /** Waits until the program listens; the port. */
  String awaitPort() throws Exception {
    String line = output.readLine();
    while (line != null && !line.startsWith("Listening for transport dt_socket")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new AssertionError("it ended without waiting, exit code " + process.waitFor());
    }
    Thread.sleep(500); // it says so, then it listens
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  /** Attaches, sees it stopped in {@code place}, lets it go on to its end; exit code and output. */
  Cli attachAndGoOn(String place) throws Exception {
    try (Jdb jdb = Jdb.attached(awaitPort())) {
      if (!jdb.transcript().contains(place)) {
        throw new AssertionError("it does not stand in " + place + ": " + jdb.transcript());
      }
      jdb.runToTheEnd();
    }
    String rest = String.join("\n", output.lines().toList());
    return new Cli(process.waitFor(), rest, "");
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    output.close();
  }
}
