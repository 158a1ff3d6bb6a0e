package org.grpo4j.reliability;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** One row of the table of {@code docs/reliability.md}: how often something was tried and held. */
final class Tally {

  private static final Map<String, Tally> ALL = new LinkedHashMap<>();
  private static final int SHOWN = 12;
  private static final int MOST_CHARACTERS = 700;

  /** The folder of a test, which says nothing. */
  private static final String TEMPORARY =
      Pattern.quote(System.getProperty("java.io.tmpdir")) + "/junit-?\\d+/";

  private final String row;
  private final List<String> problems = new ArrayList<>();
  private final long start = System.nanoTime();
  private int tried;

  private Tally(String row) {
    this.row = row;
  }

  /** The row of this name. */
  static Tally of(String row) {
    return ALL.computeIfAbsent(row, Tally::new);
  }

  /** Whether everything is tried, by {@code -Preliability}, or about a tenth of it. */
  static boolean full() {
    return Boolean.getBoolean("reliability.full");
  }

  /** {@code all} in a full run, a tenth of it otherwise. */
  static int count(int all) {
    return full() ? all : all / 10;
  }

  /** The result of one attempt; {@code problem} is empty if it held. */
  synchronized void add(String attempt, String problem) {
    tried++;
    if (!problem.isEmpty()) {
      String text = attempt + "\n    " + problem.strip().replace("\n", "\n    ");
      String shown = text.replaceAll(TEMPORARY, "");
      problems.add(shown.substring(0, Math.min(MOST_CHARACTERS, shown.length())));
      if (full()) { // an hour before the end
        System.out.println(row + ": " + problems.get(problems.size() - 1));
      }
    }
  }

  /** Prints the row, keeps it for the table, and fails if anything did not hold. */
  void conclude() throws IOException {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%s (%.0f s)%n", this, seconds);
    String rows = System.getProperty("reliability.rows");
    if (rows != null) {
      Path directory = Files.createDirectories(Path.of(rows));
      Files.writeString(directory.resolve(row.replaceAll("\\W+", "-")), toString());
    }
    List<String> shown = problems.subList(0, Math.min(SHOWN, problems.size()));
    if (!shown.isEmpty()) {
      fail(row + ": " + problems.size() + " did not hold\n  " + String.join("\n  ", shown));
    }
  }

  @Override
  public String toString() {
    int bad = problems.size();
    return "| %s | %,d | %,d | %s |"
        .formatted(row, tried, tried - bad, bad == 0 ? "0" : "**" + bad + "**");
  }
}
