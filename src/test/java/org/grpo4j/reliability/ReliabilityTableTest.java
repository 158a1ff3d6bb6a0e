package org.grpo4j.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/reliability.md}: the rows of the last full run. In a full run it comes
 * after the other tests of this package, whose rows it collects; {@code -Dreliability.update=true}
 * writes them into the page.
 */
class ReliabilityTableTest {

  private static final Path PAGE = Path.of("docs/reliability.md");
  private static final Pattern TABLE =
      Pattern.compile("(?s)(<!-- full run -->\n).*?(<!-- end -->)");
  private static final Pattern ROW =
      Pattern.compile("\\| (.+) \\| ([\\d,]+) \\| ([\\d,]+) \\| (.+) \\|");

  @Test
  void theLastFullRunHeld() throws IOException {
    String page = Files.readString(PAGE);
    if (Tally.full()) {
      String table = table();
      System.out.println(table);
      if (Boolean.getBoolean("reliability.update")) {
        page = TABLE.matcher(page).replaceFirst("$1" + Matcher.quoteReplacement(table) + "$2");
        Files.writeString(PAGE, page);
      }
    }
    List<Matcher> rows = page.lines().map(ROW::matcher).filter(Matcher::matches).toList();
    rows.forEach(row -> assertEquals("0", row.group(4), row.group()));
    assertTrue(tried(rows, "killed") >= 1_000, "kills");
    assertTrue(tried(rows, "mutated|drawn") >= 10_000, "mutated inputs");
    assertTrue(tried(rows, "damaged") >= 3_000 * (RunReader.values().length - 1), "damaged files");
  }

  private static String table() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("Recorded ").append(LocalDate.now(ZoneOffset.UTC)).append(".\n\n");
    table.append("| what | tried | good | not good |\n|---|---:|---:|---:|\n");
    try (Stream<Path> rows = Files.list(Path.of(System.getProperty("reliability.rows")))) {
      for (Path row : rows.sorted().toList()) {
        table.append(Files.readString(row)).append("\n");
      }
    }
    return table.toString();
  }

  private static int tried(List<Matcher> rows, String word) {
    return rows.stream()
        .filter(row -> Pattern.compile(word).matcher(row.group(1)).find())
        .mapToInt(row -> Integer.parseInt(row.group(2).replace(",", "")))
        .sum();
  }
}
