package org.grpo4j.experiment.sweep;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line that starts this program once more: the same Java, options and class path.
 *
 * @param words the command up to and including the main class
 * @param last what comes after all other arguments
 */
public record JavaCommand(List<String> words, List<String> last) {

  /** A second process cannot listen on the debugger's port or write the agent's file. */
  private static final List<String> NOT_INHERITED =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-Xdebug");

  public JavaCommand {
    words = List.copyOf(words);
    last = List.copyOf(last);
  }

  /** The command of this very process, with {@code mainClass} as its program. */
  public static JavaCommand ofThisProcess(String mainClass) {
    List<String> words = new ArrayList<>();
    words.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (NOT_INHERITED.stream().noneMatch(option::startsWith)) {
        words.add(option);
      }
    }
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(mainClass);
    return new JavaCommand(words, List.of());
  }

  /** The command with these arguments after all others. */
  public JavaCommand endingWith(List<String> arguments) {
    return new JavaCommand(words, arguments);
  }

  List<String> with(List<String> arguments) {
    List<String> command = new ArrayList<>(words);
    command.addAll(arguments);
    command.addAll(last);
    return command;
  }
}
