package org.grpo4j.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/extending.md} as a reader follows it: files to write, lines to add, commands to type.
 * The sentence above a block says which of these it is; a block that no such sentence leads in is
 * an error of the page.
 *
 * @param steps what to do, in the order of the page
 */
record ExtendingPage(List<Step> steps) {

  static final Path PAGE = Path.of("docs/extending.md");

  private static final Pattern NEW_FILE = Pattern.compile("New file `([^`]+)`:");
  private static final Pattern ADDED = Pattern.compile("In `([^`]+)`, below `([^`]+)`:");
  private static final String FENCE = "```";

  /** One thing to do; every step knows the line of the page where its block begins. */
  sealed interface Step {

    int line();
  }

  /** A file to write. */
  record NewFile(int line, Path path, String text) implements Step {

    void follow(Path tree) throws IOException {
      Path file = tree.resolve(path);
      if (Files.exists(file)) {
        throw new AssertionError(where(line) + "writes a new file " + path + ", which exists");
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    }
  }

  /** Lines to add below a line that the file has once. */
  record Added(int line, Path path, String below, String text) implements Step {

    void follow(Path tree) throws IOException {
      Path file = tree.resolve(path);
      if (!Files.isRegularFile(file)) {
        throw new AssertionError(where(line) + "adds to " + path + ", which does not exist");
      }
      StringBuilder changed = new StringBuilder();
      int found = 0;
      for (String one : Files.readAllLines(file)) {
        changed.append(one).append('\n');
        if (one.strip().equals(below)) {
          changed.append(text);
          found++;
        }
      }
      if (found != 1) {
        throw new AssertionError(
            where(line)
                + "adds below the line `"
                + below
                + "` of "
                + path
                + ", which has "
                + (found == 0 ? "no such line" : found + " such lines"));
      }
      Files.writeString(file, changed);
    }
  }

  /** A command to type in the tree. */
  record Command(int line, String text) implements Step {}

  /** What {@code text}, the page, says to do. */
  static ExtendingPage of(String text) {
    List<Step> steps = new ArrayList<>();
    List<String> lines = text.lines().toList();
    String leadIn = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        addSteps(steps, i + 1, leadIn, line.substring(FENCE.length()), lines.subList(i + 1, end));
        i = end;
        leadIn = "";
      } else if (!line.isBlank()) {
        leadIn = line;
      }
    }
    return new ExtendingPage(List.copyOf(steps));
  }

  private static void addSteps(
      List<Step> steps, int line, String leadIn, String language, List<String> block) {
    if (language.equals("sh")) {
      for (int i = 0; i < block.size(); i++) {
        steps.add(new Command(line + 1 + i, block.get(i)));
      }
      return;
    }
    String text = String.join("\n", block) + "\n";
    Matcher file = NEW_FILE.matcher(leadIn);
    Matcher added = ADDED.matcher(leadIn);
    if (file.matches()) {
      steps.add(new NewFile(line, Path.of(file.group(1)), text));
    } else if (added.matches()) {
      steps.add(new Added(line, Path.of(added.group(1)), added.group(2), text));
    } else {
      throw new AssertionError(
          where(line)
              + "the block needs a line above it such as \"New file `PATH`:\""
              + " or \"In `PATH`, below `LINE`:\", has: "
              + leadIn);
    }
  }

  /** The steps of one kind. */
  <S extends Step> List<S> steps(Class<S> kind) {
    return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static String where(int line) {
    return PAGE + ":" + line + ": ";
  }
}
