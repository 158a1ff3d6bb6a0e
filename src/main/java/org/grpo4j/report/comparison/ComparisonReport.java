package org.grpo4j.report.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.sweep.RunOutcome;

/**
 * A comparison with all that is to be shown beside its numbers.
 *
 * @param comparison the numbers
 * @param failures runs that did not come to their end
 * @param bands expectations and what came out; empty if there were none
 * @param notes what a reader must know to judge the numbers, one sentence each
 */
public record ComparisonReport(
    Comparison comparison, List<RunOutcome> failures, List<BandResult> bands, List<String> notes) {

  /** File name of the page. */
  public static final String PAGE = "report.html";

  public ComparisonReport {
    failures = List.copyOf(failures);
    bands = List.copyOf(bands);
    notes = List.copyOf(notes);
  }

  /** Writes page, text, tables, JSON and plots; those of an earlier comparison are replaced. */
  public void write(Path directory) throws IOException {
    Map<String, String> files = new LinkedHashMap<>(ComparisonCsv.of(comparison));
    files.putAll(ComparisonPlots.files(comparison));
    files.put("comparison.json", ComparisonJson.of(this).toPrettyString() + "\n");
    files.put("comparison.txt", ComparisonText.of(this));
    files.put(PAGE, ComparisonPage.of(this, directory));
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files.entrySet()) {
      AtomicFiles.write(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
