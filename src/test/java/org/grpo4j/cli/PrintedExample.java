package org.grpo4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grpo4j.cli.text.Console;
import picocli.CommandLine;

/**
 * A command line that help or documentation prints.
 *
 * @param line as it is printed
 * @param where all the places
 */
record PrintedExample(String line, List<String> where) {

  /** Another test follows this page word for word. */
  private static final Path FOLLOWED = Path.of("docs", "extending.md");

  private static final Pattern IN_CODE =
      Pattern.compile("(?m)^((?:GRPO4J_JAVA_OPTS=\\S+ )?\\./grpo4j .*)$|`(\\./grpo4j [^`]+)`");

  PrintedExample {
    where = List.copyOf(where);
  }

  /** Those of every help text, of README and of the pages. */
  static List<PrintedExample> all() throws IOException {
    Map<String, List<String>> found = new LinkedHashMap<>();
    Console console = new Console(System.out, System.err, false, false, false);
    CommandLine program = new Program(console, () -> false, new Standing()).commands();
    addExamples(program, found);
    program.getSubcommands().values().forEach(command -> addExamples(command, found));
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md") && !page.equals(FOLLOWED))
          .sorted(Comparator.naturalOrder())
          .forEach(pages::add);
    }
    for (Path page : pages) {
      Matcher code = IN_CODE.matcher(Files.readString(page));
      while (code.find()) {
        add(code.group(1) != null ? code.group(1) : code.group(2), page.toString(), found);
      }
    }
    List<PrintedExample> examples = new ArrayList<>();
    found.forEach((line, where) -> examples.add(new PrintedExample(line, where)));
    return examples;
  }

  /** The indented lines below {@code Examples:}; a backslash continues one. */
  private static void addExamples(CommandLine command, Map<String, List<String>> found) {
    String footer = String.join("\n", command.getCommandSpec().usageMessage().footer());
    String examples = footer.substring(footer.indexOf("Examples:")).replaceAll("\\\\\n\\s*", "");
    examples
        .lines()
        .filter(line -> line.startsWith("  "))
        .forEach(line -> add(line.strip(), command.getCommandName() + " --help", found));
  }

  private static void add(String line, String where, Map<String, List<String>> found) {
    found.computeIfAbsent(line.strip(), key -> new ArrayList<>()).add(where);
  }

  /** The words after {@code grpo4j}, as a shell in {@code directory} reads the line. */
  List<String> words(Path directory) throws IOException, InterruptedException {
    String command = line.replaceFirst(".*?grpo4j ", "grpo4j ");
    command = command.replace("…", "").replaceAll("\\bRUN\\b", "last").replace("COMMAND", "train");
    String script = "grpo4j() { printf '%s\\n' \"$@\"; }; " + command;
    Process shell = new ProcessBuilder("sh", "-c", script).directory(directory.toFile()).start();
    List<String> words = shell.inputReader().lines().toList();
    if (shell.waitFor() != 0) {
      throw new AssertionError("no shell understands: " + line);
    }
    return words;
  }

  /** This example, also printed where {@code other} is. */
  PrintedExample alsoAt(PrintedExample other) {
    List<String> all = new ArrayList<>(where);
    all.addAll(other.where);
    return new PrintedExample(line, all);
  }

  /** What {@code GRPO4J_JAVA_OPTS} is set to in front of the command, or nothing. */
  String javaOptions() {
    Matcher options = Pattern.compile("^GRPO4J_JAVA_OPTS=(\\S+) ").matcher(line);
    return options.find() ? options.group(1) : "";
  }

  @Override
  public String toString() {
    return line + "   (" + String.join(", ", where) + ")";
  }
}
