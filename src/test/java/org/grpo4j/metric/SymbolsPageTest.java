package org.grpo4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics of docs/symbols.md are those there are, and say over what each is taken. */
class SymbolsPageTest {

  private static final Path PAGE = Path.of("docs/symbols.md");
  private static final String BEGIN = "<!-- metrics: written by SymbolsPageTest -->\n";
  private static final String END = "<!-- end of metrics -->";

  /** Of {@code `completions/mean_length`, `min_length`} the second goes without its beginning. */
  private static final Pattern NAME = Pattern.compile("`([^`<]+)`");

  @Test
  void everyMetricIsListed() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String current = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, current);
    }
    assertEquals(
        current,
        Files.readString(PAGE),
        "run ./mvnw test -Dtest=SymbolsPageTest -Ddocs.update=true");
  }

  @Test
  void theColumnsOfTheSymbolsNameMetricsThereAre() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String line : Files.readString(PAGE).split(BEGIN)[0].split("\n")) {
      String[] cells = line.split("(?<!\\\\)\\|");
      Matcher name = NAME.matcher(cells.length == 5 ? cells[4] : "");
      while (name.find()) {
        String key = name.group(1);
        if (Arrays.stream(Metric.values()).noneMatch(m -> m.key().endsWith(key))) {
          unknown.add(key);
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  private static String table() {
    return Arrays.stream(Metric.values())
        .map(m -> "| `%s` | %s | %s | %s |\n".formatted(m.key(), m.meaning(), m.unit(), m.over()))
        .collect(
            Collectors.joining(
                "", "| metric | meaning | unit | taken over |\n|---|---|---|---|\n", ""));
  }
}
