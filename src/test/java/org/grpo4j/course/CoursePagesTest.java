package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages of the course say by hand stands where it comes from. */
class CoursePagesTest {

  private static final Path COURSE = Path.of("docs/course");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+\\.md)[^)]*\\)");

  /** A number with a point, or a percentage. */
  private static final Pattern FIGURE =
      Pattern.compile("(?<![\\d.])(?:\\d+\\.\\d+|\\d+(?= %))(?![\\d])");

  @Test
  void everyFigureAgainstAWrongStatementIsInAPageItLinks() throws IOException {
    List<String> missing = new ArrayList<>();
    int figures = 0;
    for (String row : Files.readAllLines(COURSE.resolve("wrong-statements.md"))) {
      if (!row.startsWith("| ") || row.startsWith("| statement")) {
        continue;
      }
      StringBuilder sources = new StringBuilder();
      for (MatchResult link : LINK.matcher(row).results().toList()) {
        sources.append(Files.readString(COURSE.resolve(link.group(1)))).append('\n');
      }
      String claim = row.replaceAll("\\]\\([^)]*\\)", "]");
      for (MatchResult figure : FIGURE.matcher(claim).results().toList()) {
        figures++;
        String number = "(?s).*(?<![\\d.])" + Pattern.quote(figure.group()) + "(?!\\d).*";
        if (!sources.toString().matches(number)) {
          missing.add(figure.group() + ": " + row);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(figures >= 30, "figures " + figures);
  }

  @Test
  void theLecturersTableIsThatOfTheLabs() throws IOException {
    String page = Files.readString(COURSE.resolve("README.md"));
    for (Lab lab : Lab.all()) {
      String row = "\\| %s \\| \\[[^]]+]\\(labs/\\S+\\)[^|]* \\| %d \\| %d \\|";
      Pattern wanted = Pattern.compile(row.formatted(lab.id(), lab.points(), lab.minutes()));
      assertTrue(wanted.matcher(page).find(), lab.id() + ": " + wanted);
    }
  }
}
