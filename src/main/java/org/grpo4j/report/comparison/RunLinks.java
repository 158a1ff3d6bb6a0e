package org.grpo4j.report.comparison;

import static org.grpo4j.report.plot.SvgText.escape;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.grpo4j.experiment.comparison.FinishedRun;

/**
 * The way from the page of a comparison to the pages of its runs, and back.
 *
 * @param directory where the page of the comparison is to be; made absolute
 */
record RunLinks(Path directory) {

  RunLinks {
    directory = directory.toAbsolutePath().normalize();
  }

  /** The cells of a run as markup: experiment, seed, link to the page, link into the trace. */
  List<String> cells(String experiment, FinishedRun run) {
    boolean hasPage = Files.exists(run.directory().resolve(ComparisonReport.PAGE));
    boolean hasTrace = Files.exists(run.directory().resolve("trace").resolve("updates.jsonl"));
    String name = String.valueOf(run.directory().getFileName());
    return List.of(
        escape(experiment),
        Long.toString(run.seed()),
        hasPage ? link(run, "", name) : escape(name),
        hasPage && hasTrace ? link(run, "#update", "inside an update") : "-");
  }

  private String link(FinishedRun run, String fragment, String text) {
    Path target = run.directory().toAbsolutePath().normalize();
    String back = address(target, directory.resolve(ComparisonReport.PAGE));
    String there = address(directory, target.resolve(ComparisonReport.PAGE));
    return "<a href=\""
        + escape(there + "?comparison=" + back + fragment)
        + "\">"
        + escape(text)
        + "</a>";
  }

  /** The address of {@code file} in a link of a page in {@code from}; no name can be a scheme. */
  private static String address(Path from, Path file) {
    try {
      StringJoiner address = new StringJoiner("/");
      for (Path name : from.relativize(file)) {
        address.add(URLEncoder.encode(name.toString(), StandardCharsets.UTF_8).replace("+", "%20"));
      }
      return address.toString();
    } catch (IllegalArgumentException e) {
      return file.toUri().toASCIIString(); // on another drive
    }
  }
}
