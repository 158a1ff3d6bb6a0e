package org.grpo4j.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.cli.text.Console;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.sweep.JavaCommand;

/** Starts this program once more, so that it waits for a debugger. */
final class DebuggedProcess {

  private static final int USUAL_PORT = 5005;
  private static final Path SOURCES = Path.of("src", "main", "java");

  private final Console console;

  DebuggedProcess(Console console) {
    this.console = console;
  }

  /** Whether a debugger can attach to this very process. */
  static boolean isThis() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(option -> option.startsWith("-agentlib:jdwp") || option.startsWith("-Xrunjdwp"));
  }

  /**
   * Starts it, says how to attach, and waits for its end.
   *
   * @param arguments of the program
   * @return its exit code
   */
  int run(List<String> arguments) throws IOException {
    int port = port();
    List<String> command = new ArrayList<>(JavaCommand.ofThisProcess(Main.class.getName()).words());
    command.add(
        1,
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,quiet=y,address=127.0.0.1:" + port);
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).inheritIO().start();
    // The words that development environments look for.
    console.note("Listening for transport dt_socket at address: " + port);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  /** The port that debuggers suggest, or any if it is taken. */
  private static int port() throws IOException {
    try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException taken) {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return any.getLocalPort();
      }
    }
  }

  /**
   * Class, method, file and line of a method, as far as the sources are there.
   *
   * @param home the project's directory
   * @param declaration how the method's declaration begins
   */
  static String place(Path home, Class<?> type, String method, String declaration) {
    Path file = SOURCES.resolve(type.getName().replace('.', '/') + ".java");
    String name = type.getName() + "." + method;
    try {
      List<String> lines = Files.readAllLines(home.resolve(file));
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).strip().startsWith(declaration)) {
          return name + "  (" + file.toString().replace('\\', '/') + ":" + (i + 1) + ")";
        }
      }
      return name;
    } catch (IOException e) {
      return name; // the program runs without its sources
    }
  }
}
