package org.grpo4j.report.comparison;

import static org.grpo4j.report.plot.SvgText.escape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.CurveSet;
import org.grpo4j.experiment.comparison.FinishedRun;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.Multiplicity;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.math.Numbers;
import org.grpo4j.report.Table;

/**
 * A comparison as one HTML page in the style of the report: first the answer, one figure and one
 * table, then everything else, folded. It has no script and needs no network; light or dark as the
 * reader's system is, readable on a telephone. Everything that comes from a file or a run is
 * escaped.
 */
public final class ComparisonPage {

  private final HtmlWriter html;
  private final ComparisonReport report;
  private final Comparison comparison;
  private final RunLinks links;

  private ComparisonPage(ComparisonReport report, Path directory) {
    this.html = new HtmlWriter(report.comparison().title());
    this.report = report;
    this.comparison = report.comparison();
    this.links = new RunLinks(directory);
  }

  /**
   * The page.
   *
   * @param directory where it is to be, for its links to the runs
   */
  public static String of(ComparisonReport report, Path directory) {
    ComparisonPage page = new ComparisonPage(report, directory);
    page.head();
    page.html.markup("<main id=\"main\">\n");
    page.html.section("answer", "Answer", page::answer);
    page.html.section("numbers", "Numbers", page::numbers);
    page.html.section("inside", "Inside the runs", page::runs);
    page.html.section("more", "More", page::more);
    page.html.markup("</main>\n");
    return page.html.end();
  }

  private void head() {
    html.markup("<a class=\"skip\" href=\"#numbers\">To the numbers</a>\n");
    html.markup("<header class=\"page-head\"><div class=\"head-line\"><p class=\"brand\">");
    html.markup("grpo4j, a comparison</p></div>\n<h1>" + escape(comparison.title()) + "</h1>\n");
    List<String> names = new ArrayList<>();
    for (ComparedExperiment experiment : comparison.experiments()) {
      names.add(experiment.name() + " (" + Numbers.count(experiment.runs().size(), "run") + ")");
    }
    html.paragraph("lead", String.join(", ", names));
    html.markup("</header>\n");
  }

  private void answer() {
    Answers.primary(comparison).forEach(sentence -> html.paragraph("answer", sentence));
    html.paragraph("quiet", Answers.primaryRow(comparison));
    report
        .failures()
        .forEach(failure -> html.paragraph("problem", ComparisonText.failure(failure)));
    bands(report.bands());
    String column = comparison.primary().measure().source().column();
    comparison.curves().stream()
        .filter(curves -> curves.column().equals(column))
        .findFirst()
        .or(() -> comparison.curves().stream().findFirst())
        .ifPresent(curves -> html.markup("<div class=\"figure\">" + plot(curves) + "</div>\n"));
  }

  private String plot(CurveSet curves) {
    return ComparisonPlots.curve(comparison, curves).inline();
  }

  private void numbers() {
    List<MeasureComparison> main = Answers.main(comparison);
    table("Main numbers", ResultColumn.BRIEF, main);
    if (!comparison.clock().unsteady().isEmpty()) {
      html.paragraph("notice", comparison.clock().sentence());
    }
    html.folded(
        "Every row, with tests and effect sizes",
        () -> table("All numbers", ResultColumn.FULL, results()));
    Multiplicity.of(comparison.measures())
        .sentence()
        .ifPresent(sentence -> html.paragraph("quiet", sentence));
    manySeeds(ManySeeds.among(main));
  }

  private List<MeasureComparison> results() {
    return comparison.measures().stream().filter(found -> !found.measure().isCost()).toList();
  }

  private void table(String label, List<String> headings, List<MeasureComparison> measures) {
    html.table(label, "figures", headings);
    for (MeasureComparison measure : measures) {
      html.rowHeading(measure.measure().title(), headings.size());
      for (MeasureComparison.Row row : measure.rows()) {
        html.row(headings.stream().map(heading -> ResultColumn.cell(heading, row)).toList());
      }
    }
    html.endTable();
  }

  private void manySeeds(List<MeasureComparison> main) {
    if (main.isEmpty()) {
      return;
    }
    html.heading(ManySeeds.numbersTitle());
    table(ManySeeds.numbersTitle(), ManySeeds.COLUMNS, main);
    html.heading("How many seeds would have been needed?");
    html.paragraph("quiet", ManySeeds.LEGEND);
    html.table(
        "Fewer seeds, primary row",
        "figures",
        ManySeeds.fewerSeeds(main.get(0), main.get(0).measure().title(), ""));
    html.folded(
        "The same for every row",
        () ->
            html.table(
                "Fewer seeds, every row",
                "figures",
                ManySeeds.fewerSeeds(
                    ManySeeds.among(results()), "differences that all seeds show", "")));
  }

  private void runs() {
    html.paragraph(
        "", "Each run has a page of its own; those with a trace show every number of an update.");
    html.table("Runs", "", List.of("experiment", "seed", "page", "trace"));
    for (ComparedExperiment experiment : comparison.experiments()) {
      experiment.runs().stream()
          .limit(1)
          .forEach(run -> html.rowOfMarkup(links.cells(experiment.name(), run)));
    }
    html.endTable();
    html.folded("All runs", this::allRuns);
  }

  private void allRuns() {
    html.table(
        "All runs", "", List.of("experiment", "seed", "page", "trace", "program", "machine"));
    for (ComparedExperiment experiment : comparison.experiments()) {
      for (FinishedRun run : experiment.runs()) {
        FinishedRun.Provenance from = run.provenance();
        List<String> cells = new ArrayList<>(links.cells(experiment.name(), run));
        cells.add(escape(from.program()));
        cells.add(escape(from.machine() + ", workers " + from.workers()));
        html.rowOfMarkup(cells);
      }
    }
    html.endTable();
  }

  private void more() {
    html.folded("Learning curves", this::curves);
    if (!ManySeeds.among(results()).isEmpty()) {
      html.folded("Performance profiles", this::profiles);
    }
    if (comparison.experiments().size() > 1) {
      html.folded("Differences, seed by seed", this::differencePlots);
    }
    html.folded("What it costs", this::costs);
    if (!comparison.differences().isEmpty()) {
      html.folded("Settings that differ", this::settings);
    }
    if (!report.notes().isEmpty()) {
      html.folded("What to know", () -> html.list(report.notes()));
    }
  }

  private void curves() {
    html.paragraph(
        "quiet",
        "Means of the seeds, with thin lines for single seeds, or, of more than five, a band: the"
            + " 95 % bootstrap interval of the mean at each place. IQM: the same of the interquartile"
            + " mean.");
    html.markup("<div class=\"plots\">\n");
    comparison.curves().forEach(curves -> html.markup("<div>" + plot(curves) + "</div>\n"));
    html.markup("</div>\n");
  }

  private void differencePlots() {
    html.paragraph(
        "quiet",
        "Differences from "
            + comparison.experiments().get(0).name()
            + ". Large dot: the mean. Thick: its 95 % bootstrap interval. Thin: that of Student's"
            + " t. Small dots: single seeds.");
    html.markup("<div class=\"plots\">\n");
    for (MeasureComparison measure : comparison.measures()) {
      ComparisonPlots.difference(comparison, measure)
          .ifPresent(plot -> html.markup("<div>" + plot.inline() + "</div>\n"));
    }
    html.markup("</div>\n");
  }

  private void profiles() {
    html.paragraph(
        "quiet",
        "The share of runs above each threshold, with Wilson's 95 % interval at each. An experiment"
            + " whose curve is above another's everywhere is better whatever statistic is asked;"
            + " where two cross, the answer depends on it.");
    html.markup("<div class=\"plots\">\n");
    for (MeasureComparison measure : ManySeeds.among(results())) {
      String plot = ComparisonPlots.profile(comparison, measure).inline();
      html.markup("<div>" + plot + "</div>\n");
    }
    html.markup("</div>\n");
  }

  private void costs() {
    html.table("Costs", "figures", ComparisonTables.costs(comparison, "experiment", ""));
    html.paragraph(
        "quiet",
        "Means over the runs, and how many times the first experiment's; ~ if the machine was not"
            + " steady.");
  }

  private void settings() {
    Table settings = ComparisonTables.settings(comparison, "setting", "", "-");
    html.table("Settings that differ", "settings", settings);
  }

  private void bands(List<BandResult> bands) {
    if (!bands.isEmpty()) {
      List<String> heading = List.of("what", "expected", "found", "verdict");
      Table table = ComparisonTables.bands(bands, heading, "", "held", "missed");
      html.folded(
          RecordedPage.held(bands) + " expectations held",
          () -> html.table("Expectations", "", table));
    }
  }
}
