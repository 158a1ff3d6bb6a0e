package org.grpo4j.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.cli.text.ExitCode;
import org.grpo4j.experiment.sweep.JavaCommand;

/**
 * Starts this program once more, so that it stops in {@link DebugStop} and waits for a debugger
 * there. Until then it runs at full speed: the JVM opens the port when the exception is thrown.
 */
final class DebuggedProcess {

  private static final String AGENT = "-agentlib:jdwp";
  private static final int USUAL_PORT = 5005;
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  /** Runs its arguments; kills them at the end of its input, otherwise gives their exit code. */
  private static final String WATCHED =
      """
      exec 3<&0
      "$@" 3<&- </dev/null & child=$!
      { read -r never; kill -9 $child; } <&3 >/dev/null 2>&1 & watch=$!
      wait $child; code=$?
      kill $watch
      exit $code
      """;

  private static final Path SOURCES = Path.of("src", "main", "java");

  private DebuggedProcess() {}

  /** Whether a debugger can attach to this very process. */
  static boolean isThis() {
    return options().anyMatch(option -> option.startsWith(AGENT) || option.startsWith("-Xrunjdwp"));
  }

  private static Stream<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream();
  }

  /**
   * Starts it and waits for its end. A process that waits for a debugger hears nothing, no signal
   * and no end of a pipe: where there is a shell, one watches the pipe from this process and kills
   * it then.
   *
   * @param arguments of the program
   * @return its exit code
   */
  static int run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.ofThisProcess(Main.class.getName()).words());
    command.add(1, agent(port()));
    command.addAll(arguments);
    if (!WINDOWS) {
      command.addAll(0, List.of("sh", "-c", WATCHED, "sh"));
    }
    Process process =
        new ProcessBuilder(command).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE).start();
    Thread ending = new Thread(() -> kill(process), "grpo4j-debugged");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static void kill(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it has ended, then
    }
    if (WINDOWS) {
      process.destroyForcibly();
    }
  }

  /** With {@code onthrow} the JVM insists on a command to launch; one that does nothing will do. */
  private static String agent(int port) {
    String options =
        "=transport=dt_socket,server=y,suspend=y,quiet=y,address=127.0.0.1:%s,onthrow=%s,launch=%s";
    String launched = WINDOWS ? "cmd /c rem" : "true";
    return AGENT + options.formatted(port, DebugStop.Reached.class.getName(), launched);
  }

  /** The port at which this process will listen. */
  static String portOfThis() {
    return options()
        .filter(option -> option.startsWith(AGENT))
        .map(option -> option.replaceFirst(".*address=(?:[^,]*:)?(\\d+).*", "$1"))
        .findFirst()
        .orElse("");
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
