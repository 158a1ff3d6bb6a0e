package org.grpo4j.report.comparison;

import static org.grpo4j.report.plot.SvgText.escape;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.grpo4j.experiment.comparison.FinishedRun;

/** The way from the page of a comparison to the pages of its runs, and back. */
final class RunLinks {

  private final Path directory;

  /**
   * @param directory where the page of the comparison is to be
   */
  RunLinks(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** A row of a table: experiment, seed, link to the page, link into the trace, and more. */
  String row(String experiment, FinishedRun run, String... more) {
    StringBuilder row = new StringBuilder("<tr>");
    cell(row, escape(experiment));
    cell(row, Long.toString(run.seed()));
    boolean hasPage = Files.exists(run.directory().resolve(ComparisonReport.PAGE));
    String name = String.valueOf(run.directory().getFileName());
    cell(row, hasPage ? link(run, "", name) : escape(name));
    boolean hasTrace = Files.exists(run.directory().resolve("trace").resolve("updates.jsonl"));
    cell(row, hasPage && hasTrace ? link(run, "#update", "inside an update") : "-");
    for (String text : more) {
      cell(row, escape(text));
    }
    return row.append("</tr>\n").toString();
  }

  private static void cell(StringBuilder row, String markup) {
    row.append("<td>").append(markup).append("</td>");
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
