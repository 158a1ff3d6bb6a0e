package org.grpo4j.report.comparison;

import java.util.ArrayList;
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

/**
 * A comparison as one HTML page: no script, no network, light or dark as the reader's system is,
 * readable on a telephone. Everything that comes from a file or a run is escaped.
 */
public final class ComparisonPage {

  private final HtmlWriter html;
  private final Comparison comparison;

  private ComparisonPage(Comparison comparison) {
    this.html = new HtmlWriter(comparison.title());
    this.comparison = comparison;
  }

  /** The page. */
  public static String of(ComparisonReport report) {
    ComparisonPage page = new ComparisonPage(report.comparison());
    page.summary();
    page.failures(report.failures());
    page.bands(report.bands());
    page.curves();
    page.differencePlots();
    page.results();
    page.costs();
    page.settings();
    if (!report.notes().isEmpty()) {
      page.html.heading("What to know");
      page.html.list(report.notes());
    }
    page.runs();
    return page.html.end();
  }

  private void summary() {
    List<String> names = new ArrayList<>();
    for (ComparedExperiment experiment : comparison.experiments()) {
      int runs = experiment.runs().size();
      names.add(experiment.name() + " (" + runs + (runs == 1 ? " run)" : " runs)"));
    }
    html.paragraph(String.join(", ", names));
    html.list(Answers.primary(comparison));
  }

  private void curves() {
    html.heading("Learning curves");
    html.paragraph("Mean of the seeds and 95 % bootstrap interval of the mean at each place.");
    html.markup("<div class=\"plots\">\n");
    for (CurveSet curves : comparison.curves()) {
      html.markup("<div>" + ComparisonPlots.curve(comparison, curves).inline() + "</div>\n");
    }
    html.markup("</div>\n");
  }

  private void differencePlots() {
    if (comparison.experiments().size() < 2) {
      return;
    }
    html.heading("Differences from " + comparison.experiments().get(0).name());
    html.paragraph(
        "Large dot: mean difference. Thick: its 95 % bootstrap interval. Thin: that of Student's t."
            + " Small dots: single seeds.");
    html.markup("<div class=\"plots\">\n");
    for (MeasureComparison measure : comparison.measures()) {
      ComparisonPlots.difference(comparison, measure)
          .ifPresent(plot -> html.markup("<div>" + plot.inline() + "</div>\n"));
    }
    html.markup("</div>\n");
  }

  private void results() {
    html.heading("Numbers");
    html.table(
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
      if (!measure.measure().isCost()) {
        html.headingRow(measure.measure().title(), 16);
        measure.rows().forEach(row -> html.row(() -> resultCells(row)));
      }
    }
    html.endTable();
    ComparisonText.legend(comparison.experiments().get(0).name()).forEach(html::quiet);
  }

  private void resultCells(MeasureComparison.Row row) {
    html.cell(row.experiment());
    html.cell(Integer.toString(row.seeds().size()));
    html.cell(row.summary().map(found -> Words.number(found.mean())).orElse("-"));
    html.cell(row.summary().map(found -> Words.interval(found.bootstrap())).orElse("-"));
    html.cell(
        row.summary().map(found -> Words.number(found.sampleStandardDeviation())).orElse("-"));
    if (row.againstFirst().isEmpty()) {
      html.markup("<td colspan=\"11\"></td>");
      return;
    }
    PairedComparison paired = row.againstFirst().get();
    html.cell(Words.signed(paired.mean()));
    html.cell(Words.signedInterval(paired.summary().bootstrap()));
    html.cell(Words.signedInterval(paired.studentT()));
    html.cell(Words.verdict(paired));
    html.cell(paired.wins() + " of " + paired.differences().size());
    html.cell(Words.pValue(paired));
    html.cell(Words.number(paired.cohenDz()));
    html.cell(Words.number(paired.wilcoxon().rankBiserial()));
    html.cell(Words.number(paired.probabilityOfImprovement().value()));
    html.cell(Words.interval(paired.probabilityOfImprovement().bootstrap()));
    html.cell(Words.seedsNeeded(paired));
  }

  private void costs() {
    List<MeasureComparison> costs =
        comparison.measures().stream().filter(found -> found.measure().isCost()).toList();
    if (costs.isEmpty()) {
      return;
    }
    html.heading("What it costs");
    List<String> headings = new ArrayList<>(List.of(""));
    costs.forEach(cost -> headings.add(cost.measure().title()));
    html.table(headings);
    for (int e = 0; e < comparison.experiments().size(); e++) {
      int experiment = e;
      html.row(
          () -> {
            html.cell(comparison.experiments().get(experiment).name());
            costs.forEach(cost -> html.cell(ComparisonText.costCell(comparison, cost, experiment)));
          });
    }
    html.endTable();
    html.quiet("Means over the runs, and how many times the first experiment's.");
  }

  private void settings() {
    if (comparison.differences().isEmpty()) {
      return;
    }
    html.heading("Settings that differ");
    List<String> headings = new ArrayList<>(List.of(""));
    comparison.experiments().forEach(experiment -> headings.add(experiment.name()));
    html.textTable(headings);
    for (SettingDifference difference : comparison.differences()) {
      html.row(
          () -> {
            html.codeCell(difference.key());
            difference.values().forEach(value -> html.textCell(value.isEmpty() ? "-" : value));
          });
    }
    html.endTable();
  }

  private void bands(List<BandResult> bands) {
    if (bands.isEmpty()) {
      return;
    }
    html.heading("Expected and found");
    html.textTable(List.of("what", "expected", "found", ""));
    for (BandResult band : bands) {
      html.row(
          () -> {
            html.textCell(band.what());
            html.textCell(band.expected());
            html.textCell(band.found());
            html.verdictCell(band.holds(), band.holds() ? "as expected" : "not as expected");
          });
    }
    html.endTable();
  }

  private void failures(List<RunOutcome> failures) {
    if (failures.isEmpty()) {
      return;
    }
    html.heading("Runs that failed");
    html.textTable(List.of("experiment", "seed", "exit code", "log"));
    for (RunOutcome failure : failures) {
      html.row(
          () -> {
            html.textCell(failure.run().experiment());
            html.textCell(Long.toString(failure.run().seed()));
            html.textCell(Integer.toString(failure.exitCode()));
            html.textCell(failure.log().toString());
          });
    }
    html.endTable();
  }

  private void runs() {
    html.heading("Runs");
    html.textTable(List.of("experiment", "seed", "directory", "program", "machine", "workers"));
    for (ComparedExperiment experiment : comparison.experiments()) {
      for (FinishedRun run : experiment.runs()) {
        html.row(
            () -> {
              html.textCell(experiment.name());
              html.textCell(Long.toString(run.seed()));
              html.textCell(String.valueOf(run.directory().getFileName()));
              html.textCell(run.provenance().program());
              html.textCell(run.provenance().machine());
              html.textCell(Integer.toString(run.provenance().workers()));
            });
      }
    }
    html.endTable();
  }
}
