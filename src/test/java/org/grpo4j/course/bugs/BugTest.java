package org.grpo4j.course.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.report.Table;
import org.grpo4j.report.plot.BandPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bug compiles, runs, learns a little, changes the numbers of the run, and has one that no
 * healthy run has. The lecturer's table is written anew with {@code -Ddocs.update=true}.
 */
class BugTest {

  private static final Path PAGE = Path.of("docs/course/bugs.md");
  private static final ReferenceRuns RUNS = new ReferenceRuns();
  private static final int LAST_UPDATES = 10;

  /** What no setting makes and so the gallery cannot show. */
  private static final List<String> IN_THE_GALLERY =
      List.of(
          "end-symbol-masked",
          "temperature-forgotten",
          "groups-shifted",
          "prompts-tiled",
          "stale-rollouts");

  /**
   * Those that are run: all when the page is written, else every twelfth, since each is a process.
   */
  static List<Bug> bugs() {
    List<Bug> all = Bug.all();
    return IntStream.range(0, all.size())
        .filter(i -> Boolean.getBoolean("docs.update") || i % 12 == 0)
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void runsLearnsALittleAndIsGivenAway(Bug bug) throws IOException {
    Map<String, DoubleVector> sick = RUNS.of(bug, 1);
    Map<String, DoubleVector> healthy = RUNS.healthy(bug.program(), 1);
    assertNotEquals(healthy.get("loss"), sick.get("loss"));
    DoubleVector reward = sick.get("reward");
    double atTheEnd = 0;
    for (int i = 0; i < LAST_UPDATES; i++) {
      atTheEnd += reward.get(reward.size() - 1 - i) / LAST_UPDATES;
    }
    assertTrue(atTheEnd > reward.get(0), "reward " + reward.get(0) + " to " + atTheEnd);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double usual : healthy(bug)) {
      low = Math.min(low, usual);
      high = Math.max(high, usual);
    }
    double number = number(bug, sick);
    assertTrue(number < low || number > high, number + " is within " + low + " to " + high);
  }

  private static List<Double> healthy(Bug bug) throws IOException {
    List<Double> numbers = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      numbers.add(number(bug, RUNS.healthy(bug.program(), seed)));
    }
    return numbers;
  }

  @Test
  void theirNamesDiffer() {
    List<String> names = Bug.all().stream().map(Bug::id).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  /** Of a bug that is not run the page has the numbers that it had. */
  @Test
  void thePageListsThem() throws IOException {
    compare(PAGE, page());
  }

  private static List<String> cells(Bug bug) throws IOException {
    String file = bug.patch().file();
    List<String> cells =
        new ArrayList<>(
            List.of(
                "`" + bug.id() + "`",
                "%s:%d".formatted(file.substring(file.lastIndexOf('/') + 1), bug.lines().first()),
                "`" + bug.symptom() + "`",
                name(bug)));
    cells.addAll(numbers(bug));
    return cells;
  }

  /** The number that gives the bug away, in a run with these columns. */
  private static double number(Bug bug, Map<String, DoubleVector> columns) {
    double[] column = columns.get(bug.number().column()).toArray();
    DoubleSummaryStatistics all = Arrays.stream(column).summaryStatistics();
    return switch (bug.number().of()) {
      case FIRST -> column[0];
      case LAST -> column[column.length - 1];
      case MEAN -> DoubleVector.of(column).sum() / column.length;
      case LARGEST -> all.getMax();
      case SMALLEST -> all.getMin();
    };
  }

  private static String name(Bug bug) {
    Bug.GiveAway number = bug.number();
    return "%s of %s".formatted(number.of().name().toLowerCase(Locale.ROOT), number.column());
  }

  /** What it is in healthy runs, and with the bug. */
  private static List<String> numbers(Bug bug) throws IOException {
    if (!bugs().contains(bug)) {
      String begin = "| `" + bug.id() + "` |";
      String row =
          Files.readString(PAGE)
              .lines()
              .filter(line -> line.startsWith(begin))
              .findFirst()
              .orElse("");
      String[] cells = row.split(" [|] ?");
      assertEquals(6, cells.length, PAGE + " has no row for " + bug.id());
      return List.of(cells[4], cells[5]);
    }
    List<Double> healthy = healthy(bug);
    String usual =
        "%s to %s"
            .formatted(
                Numbers.brief(healthy.stream().mapToDouble(x -> x).min().orElseThrow()),
                Numbers.brief(healthy.stream().mapToDouble(x -> x).max().orElseThrow()));
    return List.of(usual, Numbers.brief(number(bug, RUNS.of(bug, 1))));
  }

  private static String page() throws IOException {
    Table table =
        new Table().row("bug", "file", "symptom", "what gives it away", "healthy", "with it");
    StringBuilder gallery = new StringBuilder();
    for (Bug bug : Bug.all()) {
      table.row(cells(bug));
      if (IN_THE_GALLERY.contains(bug.id())) {
        gallery.append(entry(bug));
      }
    }
    return """
    # The bugs of lab 10

    <!-- Written by BugTest. -->

    For lecturers: what [lab 10](labs/10-find-the-silent-bug.md) draws from. This page is public, as all solutions are: the lab tests whether a
    student can say how he knows, and a colleague who reads an answer together with its author sees that in a minute. Seed 1; healthy runs of
    seeds 1 to 3. A bug is a patch in [bugs.yaml](../../src/main/resources/org/grpo4j/course/bugs/bugs.yaml), compiled and put before the
    library on the class path.

    """
        + table.markdown()
        + """

        # Failures that no setting makes

        What the [failure gallery](../gallery.md) has no experiment for, made by the patches above: the sick run against the healthy one, seed 1.
        """
        + gallery;
  }

  private static String entry(Bug bug) throws IOException {
    String column = bug.number().column();
    List<String> numbers = numbers(bug);
    if (bugs().contains(bug)) {
      Path picture = Path.of("docs/course/bugs", bug.id() + ".svg");
      List<BandPlot.Series> curves = new ArrayList<>();
      curves.add(curve("healthy", 0, RUNS.healthy(bug.program(), 1).get(column)));
      curves.add(curve(bug.id(), 1, RUNS.of(bug, 1).get(column)));
      compare(picture, new BandPlot(column, "updates", curves).standalone());
    }
    return """

    ## %s

    %s %s

    %s: %s, in healthy runs %s. Seen: %s.

    ![%s](bugs/%s.svg)
    """
        .formatted(
            bug.patch().title(),
            bug.patch().what(),
            bug.patch().symptom(),
            name(bug),
            numbers.get(1),
            numbers.get(0),
            bug.patch().seen(),
            column,
            bug.id());
  }

  private static BandPlot.Series curve(String label, int colour, DoubleVector numbers) {
    double[] updates = new double[numbers.size()];
    for (int i = 0; i < updates.length; i++) {
      updates[i] = i;
    }
    return new BandPlot.Series(label, colour, DoubleVector.of(updates), numbers, numbers, numbers);
  }

  private static void compare(Path page, String expected) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, expected);
    }
    assertEquals(
        expected, Files.readString(page), "run ./mvnw test -Dtest=BugTest -Ddocs.update=true");
  }
}
