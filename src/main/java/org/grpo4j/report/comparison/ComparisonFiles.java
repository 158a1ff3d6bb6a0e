package org.grpo4j.report.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a comparison into a directory: page, text, tables, JSON and plots. */
public final class ComparisonFiles {

  /** The page. */
  public static final String PAGE = "report.html";

  private ComparisonFiles() {}

  /** Writes all files; those of an earlier comparison are replaced. */
  public static void write(Path directory, ComparisonReport report) throws IOException {
    Map<String, String> files = new LinkedHashMap<>(ComparisonCsv.of(report.comparison()));
    files.putAll(ComparisonPlots.files(report.comparison()));
    files.put("comparison.json", ComparisonJson.of(report).toPrettyString() + "\n");
    files.put("comparison.txt", ComparisonText.of(report));
    files.put(PAGE, ComparisonPage.of(report, directory));
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
