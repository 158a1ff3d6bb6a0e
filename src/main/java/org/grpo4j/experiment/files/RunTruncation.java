package org.grpo4j.experiment.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes back what a run has written after its last checkpoint: those updates are done again, to the
 * same bits, when it is resumed. A last line without its end, as a killed run leaves it, goes too.
 */
public final class RunTruncation {

  private static final Pattern UPDATE = Pattern.compile("\\{\"update\":(\\d{1,9})[,}].*");
  private static final Pattern ROW = Pattern.compile("(\\d{1,9}),.*");
  private static final Pattern UPDATES_DONE =
      Pattern.compile("\\{\"updates_done\":(\\d{1,9}),\"prompt\":(\".*?\"),\"completion\".*");

  private RunTruncation() {}

  /**
   * Cuts all files of {@code run} back to {@code updatesDone} updates; what is not there stays so.
   *
   * @return rows of the metrics that were removed
   */
  public static int to(RunDirectory run, int updatesDone) {
    try {
      int removed = cut(run.metricsJsonLines(), UPDATE, updatesDone);
      cut(run.metricsTable(), ROW, updatesDone);
      cut(run.traceLines(), UPDATE, updatesDone);
      cutCompletions(run.completions(), updatesDone);
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take back the updates after " + updatesDone, e);
    }
  }

  /** Keeps lines of updates before {@code updatesDone} and lines without a number: headings. */
  private static int cut(Path file, Pattern number, int updatesDone) throws IOException {
    List<String> lines = wholeLines(file);
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = number.matcher(line);
      if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < updatesDone) {
        kept.add(line);
      }
    }
    replace(file, kept);
    return lines.size() - kept.size();
  }

  /**
   * Keeps the evaluations up to {@code updatesDone}. The end of a run evaluates once more, which
   * shows in prompts that come a second time.
   */
  private static void cutCompletions(Path file, int updatesDone) throws IOException {
    List<String> kept = new ArrayList<>();
    List<String> promptsAtTheEnd = new ArrayList<>();
    for (String line : wholeLines(file)) {
      Matcher matcher = UPDATES_DONE.matcher(line);
      int done = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      String prompt = matcher.matches() ? matcher.group(2) : line;
      boolean again = done == updatesDone && promptsAtTheEnd.contains(prompt);
      if (done <= updatesDone && !again) {
        kept.add(line);
      }
      if (done == updatesDone) {
        promptsAtTheEnd.add(prompt);
      }
    }
    replace(file, kept);
  }

  private static List<String> wholeLines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static void replace(Path file, List<String> lines) {
    if (Files.exists(file)) {
      AtomicFiles.write(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }
  }
}
