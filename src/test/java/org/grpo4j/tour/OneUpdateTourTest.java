package org.grpo4j.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Takes the tour of {@code docs/one-update.md} with the JDK's debugger: every stop is reached, the
 * locals that the page names are there, and the values are those of the page. With {@code
 * -Ddocs.update=true} the values are written into the page.
 */
class OneUpdateTourTest {

  @Test
  void debuggerShowsWhatThePageSays() throws IOException {
    assumeTrue(Jdb.isThere(), "no jdb: this is not a JDK");
    List<List<String>> values = new ArrayList<>();
    String output;
    try (Jdb jdb = new Jdb(OneUpdateTour.MAIN_CLASS)) {
      jdb.start(OneUpdateTour.MAIN_CLASS);
      for (Stop stop : OneUpdateTour.STOPS) {
        jdb.runTo(stop.className(), stop.line(), stop.hits());
        values.add(look(jdb, stop));
      }
      output = jdb.runToTheEnd();
    }
    String page = Files.readString(OneUpdatePage.FILE);
    String current = OneUpdatePage.filledIn(page, values, output);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(OneUpdatePage.FILE, current);
    }
    assertEquals(
        current,
        Files.readString(OneUpdatePage.FILE),
        "run ./mvnw test -Dtest=OneUpdateTourTest -Ddocs.update=true");
  }

  private static List<String> look(Jdb jdb, Stop stop) throws IOException {
    List<String> locals = jdb.locals();
    List<String> values = new ArrayList<>();
    for (String expression : stop.expressions()) {
      String value = jdb.print(expression);
      values.add(value);
      for (String local : locals) {
        // jdb lists numbers with their value and objects with their identity.
        if (local.startsWith(expression + " = ") && !local.contains("instance of ")) {
          assertEquals(expression + " = " + value, local.replace("\"", ""), stop.place());
        }
      }
      boolean simple = expression.matches("\\w+");
      boolean listed = locals.stream().anyMatch(local -> local.startsWith(expression + " = "));
      assertTrue(!simple || listed, () -> stop + ": no local " + expression);
    }
    return values;
  }
}
