package org.grpo4j.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code docs/performance.md}: the words are written by hand; what is between {@code <!-- peers
 * -->} and {@code <!-- end of peers -->}, and so for every part, is made of the part's file.
 */
final class PerformancePage {

  static final Path PAGE = Path.of("docs/performance.md");

  private static final Path FILES = Path.of("experiments/performance");

  private static final String NOT_MEASURED =
      "*Not measured yet on a machine that does nothing else: the command above fills this in.*\n";

  private static final Map<String, Function<Measurements, String>> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put("peers", PeersTables::of);
    TABLES.put("growth", GrowthTables::of);
    TABLES.put("start", StartTable::of);
    TABLES.put("roofline", RooflineTables::of);
  }

  private PerformancePage() {}

  static Path file(String part) {
    return FILES.resolve(part + ".json");
  }

  /** Writes the tables anew. */
  static void write() throws IOException {
    Files.writeString(PAGE, filled(Files.readString(PAGE)));
  }

  /** The page with the tables of the files that there are; of the others it says so. */
  static String filled(String page) throws IOException {
    String text = page;
    for (Map.Entry<String, Function<Measurements, String>> table : TABLES.entrySet()) {
      String part = table.getKey();
      String begin = "<!-- " + part + " -->\n";
      String end = "<!-- end of " + part + " -->\n";
      int from = text.indexOf(begin) + begin.length();
      int to = text.indexOf(end);
      if (from < begin.length() || to < from) {
        throw new IOException(PAGE + ": must have " + begin.strip() + " and then " + end.strip());
      }
      String body = NOT_MEASURED;
      if (Files.exists(file(part))) {
        Measurements measured = Measurements.read(file(part));
        body = table.getValue().apply(measured) + "\n" + source(part, measured);
      }
      text = text.substring(0, from) + "\n" + body + "\n" + text.substring(to);
    }
    return text;
  }

  private static String source(String part, Measurements measured) {
    return "<sup>Measured on %s; every single number: [%s.json](../experiments/performance/%s.json). Again: `./mvnw -B -Dquick -Pperformance verify -Dperformance.parts=%s`.</sup>%n"
        .formatted(measured.circumstances(), part, part, part)
        .replace("\r", "");
  }
}
