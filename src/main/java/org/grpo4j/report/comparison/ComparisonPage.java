package org.grpo4j.report.comparison;

import static org.grpo4j.report.plot.SvgText.escape;

import java.util.List;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.CurveSet;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.SettingDifference;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.report.plot.Palette;

/**
 * A comparison as one HTML page: no script, no network, light or dark as the reader's system is,
 * readable on a telephone. Everything that comes from a file or a run is escaped.
 */
public final class ComparisonPage {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1f2328;--quiet:#59636e;--line:#d9dde2;--ground:#fff;\
      --good:#00694d;--bad:#a63c00}
      @media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--quiet:#9aa4af;--line:#30373f;\
      --ground:#14181d;--good:#2fc79a;--bad:#f5904d}}
      body{margin:0 auto;max-width:1180px;padding:24px 16px 64px;color:var(--text);\
      background:var(--ground);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
      h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.2em}
      p,li{max-width:75ch}.quiet{color:var(--quiet)}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-size:.86rem;\
      font-variant-numeric:tabular-nums}
      th,td{padding:.32em .8em .32em 0;text-align:right;white-space:nowrap;\
      border-bottom:1px solid var(--line)}
      th:first-child,td:first-child{text-align:left}
      th{font-weight:600;color:var(--quiet);vertical-align:bottom}
      tr.measure td{padding-top:1.1em;font-weight:600;text-align:left}
      td.text,th.text{text-align:left;white-space:normal}
      .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
      .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));\
      gap:20px}
      .plots svg{width:100%;height:auto}
      code{font-size:.92em;overflow-wrap:anywhere}
      """;

  private final StringBuilder page = new StringBuilder();

  private ComparisonPage() {}

  /** The page. */
  public static String of(ComparisonReport report) {
    ComparisonPage writer = new ComparisonPage();
    writer.write(report);
    return writer.page.toString();
  }

  private void write(ComparisonReport report) {
    Comparison comparison = report.comparison();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .append("<title>")
        .append(escape(comparison.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append(Palette.CSS)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escape(comparison.title()))
        .append("</h1>\n");
    summary(comparison);
    failures(report.failures());
    bands(report.bands());
    heading("Learning curves");
    paragraph("Mean of the seeds and 95 % bootstrap interval of the mean at each place.");
    curves(comparison);
    heading("Differences from " + comparison.experiments().get(0).name());
    paragraph(
        "Large dot: mean difference. Thick: its 95 % bootstrap interval. Thin: that of Student's t."
            + " Small dots: single seeds.");
    differencePlots(comparison);
    results(comparison);
    costs(comparison);
    settings(comparison);
    notes(report);
    runs(comparison);
    page.append("</body>\n</html>\n");
  }

  private void summary(Comparison comparison) {
    StringBuilder names = new StringBuilder();
    for (ComparedExperiment experiment : comparison.experiments()) {
      names
          .append(names.isEmpty() ? "" : ", ")
          .append(experiment.name())
          .append(" (")
          .append(experiment.runs().size())
          .append(experiment.runs().size() == 1 ? " run)" : " runs)");
    }
    paragraph(names.toString());
  }

  private void curves(Comparison comparison) {
    page.append("<div class=\"plots\">\n");
    for (CurveSet curves : comparison.curves()) {
      page.append("<div>").append(ComparisonPlots.curve(comparison, curves).inline());
      page.append("</div>\n");
    }
    page.append("</div>\n");
  }

  private void differencePlots(Comparison comparison) {
    page.append("<div class=\"plots\">\n");
    for (MeasureComparison measure : comparison.measures()) {
      ComparisonPlots.difference(comparison, measure)
          .ifPresent(plot -> page.append("<div>").append(plot.inline()).append("</div>\n"));
    }
    page.append("</div>\n");
  }

  private void results(Comparison comparison) {
    heading("Numbers");
    table(
        List.of(
            "",
            "n",
            "mean",
            "95 % interval",
            "deviation",
            "difference",
            "95 % (bootstrap)",
            "95 % (t)",
            "shown?",
            "wins",
            "p",
            "d_z",
            "rank-biserial",
            "P(>)",
            "95 %",
            "seeds"));
    for (MeasureComparison measure : comparison.measures()) {
      if (measure.measure().isCost()) {
        continue;
      }
      page.append("<tr class=\"measure\"><td colspan=\"16\">")
          .append(escape(measure.measure().title()))
          .append("</td></tr>\n");
      measure.rows().forEach(this::resultRow);
    }
    endTable();
    ComparisonText.legend(comparison.experiments().get(0).name()).forEach(this::quiet);
  }

  private void resultRow(MeasureComparison.Row row) {
    page.append("<tr>");
    cell(row.experiment());
    cell(Integer.toString(row.seeds().size()));
    cell(row.summary().map(found -> Words.number(found.mean())).orElse("-"));
    cell(row.summary().map(found -> Words.interval(found.bootstrap())).orElse("-"));
    cell(row.summary().map(found -> Words.number(found.sampleStandardDeviation())).orElse("-"));
    if (row.againstFirst().isPresent()) {
      PairedComparison paired = row.againstFirst().get();
      cell(Words.signed(paired.mean()));
      cell(Words.signedInterval(paired.summary().bootstrap()));
      cell(Words.signedInterval(paired.studentT()));
      cell(Words.verdict(paired));
      cell(paired.wins() + " of " + paired.differences().size());
      cell(Words.pValue(paired));
      cell(Words.number(paired.cohenDz()));
      cell(Words.number(paired.wilcoxon().rankBiserial()));
      cell(Words.number(paired.probabilityOfImprovement().value()));
      cell(Words.interval(paired.probabilityOfImprovement().bootstrap()));
      cell(Words.seedsNeeded(paired));
    } else {
      page.append("<td colspan=\"11\"></td>");
    }
    page.append("</tr>\n");
  }

  private void costs(Comparison comparison) {
    List<MeasureComparison> costs =
        comparison.measures().stream().filter(found -> found.measure().isCost()).toList();
    if (costs.isEmpty()) {
      return;
    }
    heading("What it costs");
    page.append("<div class=\"wide\"><table><tr><th></th>");
    costs.forEach(
        cost -> page.append("<th>").append(escape(cost.measure().title())).append("</th>"));
    page.append("</tr>\n");
    for (int e = 0; e < comparison.experiments().size(); e++) {
      page.append("<tr>");
      cell(comparison.experiments().get(e).name());
      for (MeasureComparison cost : costs) {
        cell(ComparisonText.costCell(cost, e));
      }
      page.append("</tr>\n");
    }
    endTable();
    quiet("Means over the runs, and how many times the first experiment's.");
  }

  private void settings(Comparison comparison) {
    if (comparison.differences().isEmpty()) {
      return;
    }
    heading("Settings that differ");
    page.append("<div class=\"wide\"><table><tr><th></th>");
    comparison
        .experiments()
        .forEach(
            experiment ->
                page.append("<th class=\"text\">")
                    .append(escape(experiment.name()))
                    .append("</th>"));
    page.append("</tr>\n");
    for (SettingDifference difference : comparison.differences()) {
      page.append("<tr><td><code>").append(escape(difference.key())).append("</code></td>");
      difference.values().forEach(value -> textCell(value.isEmpty() ? "-" : value));
      page.append("</tr>\n");
    }
    endTable();
  }

  private void bands(List<BandResult> bands) {
    if (bands.isEmpty()) {
      return;
    }
    heading("Expected and found");
    table(List.of("what", "expected", "found", ""));
    for (BandResult band : bands) {
      page.append("<tr>");
      cell(band.what());
      textCell(band.expected());
      textCell(band.found());
      page.append("<td class=\"")
          .append(band.holds() ? "good\">as expected" : "bad\">not as expected")
          .append("</td></tr>\n");
    }
    endTable();
  }

  private void failures(List<RunOutcome> failures) {
    if (failures.isEmpty()) {
      return;
    }
    heading("Runs that failed");
    table(List.of("experiment", "seed", "exit code", "log"));
    for (RunOutcome failure : failures) {
      page.append("<tr>");
      cell(failure.run().experiment());
      cell(Long.toString(failure.run().seed()));
      cell(Integer.toString(failure.exitCode()));
      textCell(failure.log().toString());
      page.append("</tr>\n");
    }
    endTable();
  }

  private void notes(ComparisonReport report) {
    if (report.notes().isEmpty()) {
      return;
    }
    heading("What to know");
    page.append("<ul>\n");
    report.notes().forEach(note -> page.append("<li>").append(escape(note)).append("</li>\n"));
    page.append("</ul>\n");
  }

  private void runs(Comparison comparison) {
    heading("Runs");
    table(List.of("experiment", "seed", "directory", "program", "machine", "workers"));
    for (ComparedExperiment experiment : comparison.experiments()) {
      for (FinishedRun run : experiment.runs()) {
        page.append("<tr>");
        cell(experiment.name());
        cell(Long.toString(run.seed()));
        textCell(String.valueOf(run.directory().getFileName()));
        textCell(run.provenance().program());
        textCell(run.provenance().machine());
        cell(Integer.toString(run.provenance().workers()));
        page.append("</tr>\n");
      }
    }
    endTable();
  }

  private void heading(String text) {
    page.append("<h2>").append(escape(text)).append("</h2>\n");
  }

  private void paragraph(String text) {
    page.append("<p>").append(escape(text)).append("</p>\n");
  }

  private void quiet(String text) {
    page.append("<p class=\"quiet\">").append(escape(text)).append("</p>\n");
  }

  private void table(List<String> headings) {
    page.append("<div class=\"wide\"><table><tr>");
    headings.forEach(text -> page.append("<th>").append(escape(text)).append("</th>"));
    page.append("</tr>\n");
  }

  private void endTable() {
    page.append("</table></div>\n");
  }

  private void cell(String text) {
    page.append("<td>").append(escape(text)).append("</td>");
  }

  private void textCell(String text) {
    page.append("<td class=\"text\">").append(escape(text)).append("</td>");
  }
}
