package org.grpo4j.report.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.comparison.SettingDifference;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.SampleSummary;
import org.grpo4j.experiment.sweep.RunOutcome;

/** A comparison as JSON: what {@code --json} prints. Numbers that are not finite are left out. */
public final class ComparisonJson {

  private ComparisonJson() {}

  /** Everything but the curves. */
  public static ObjectNode of(ComparisonReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("title", report.comparison().title());
    root.put("primary", report.comparison().primary().measure().name());
    ObjectNode clock = root.putObject("clock").put("most", ClockSpread.MOST);
    report.comparison().clock().ratios().forEach(clock.putObject("spread")::put);
    ArrayNode measures = root.putArray("measures");
    for (MeasureComparison measure : report.comparison().measures()) {
      ObjectNode node = measures.addObject();
      node.put("name", measure.measure().name());
      node.put("title", measure.measure().title());
      node.put("cost", measure.measure().isCost());
      ArrayNode rows = node.putArray("experiments");
      measure.rows().forEach(row -> row(rows.addObject(), row));
    }
    ArrayNode settings = root.putArray("settings");
    for (SettingDifference difference : report.comparison().differences()) {
      ObjectNode node = settings.addObject();
      node.put("key", difference.key());
      ArrayNode values = node.putArray("values");
      difference.values().forEach(values::add);
    }
    ArrayNode bands = root.putArray("bands");
    for (BandResult band : report.bands()) {
      bands
          .addObject()
          .put("what", band.what())
          .put("expected", band.expected())
          .put("found", band.found())
          .put("holds", band.holds());
    }
    ArrayNode failures = root.putArray("failures");
    for (RunOutcome failure : report.failures()) {
      failures
          .addObject()
          .put("experiment", failure.run().experiment())
          .put("seed", failure.run().seed())
          .put("exit_code", failure.exitCode())
          .put("log", failure.log().toString());
    }
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    return root;
  }

  private static void row(ObjectNode node, MeasureComparison.Row row) {
    node.put("experiment", row.experiment());
    ArrayNode seeds = node.putArray("seeds");
    row.seeds().forEach(seeds::add);
    row.summary().ifPresent(summary -> summary(node, summary));
    if (row.isWithheld()) {
      node.put("withheld", true);
    }
    row.againstFirst().ifPresent(paired -> paired(node.putObject("against_first"), paired));
  }

  private static void summary(ObjectNode node, SampleSummary summary) {
    ArrayNode values = node.putArray("values");
    for (int i = 0; i < summary.count(); i++) {
      values.add(summary.values().get(i));
    }
    number(node, "mean", summary.mean());
    number(node, "sample_standard_deviation", summary.sampleStandardDeviation());
    interval(node, "bootstrap", summary.bootstrap());
  }

  private static void paired(ObjectNode node, PairedComparison paired) {
    node.put("pairs", paired.differences().size());
    summary(node, paired.summary());
    interval(node, "student_t", paired.studentT());
    node.put("wins", paired.wins());
    node.put("wilcoxon_p", paired.wilcoxon().twoSidedPValue());
    node.put("wilcoxon_exact", paired.wilcoxon().exact());
    node.put("ties", paired.wilcoxon().tied());
    node.put("zeros", paired.wilcoxon().zeros());
    number(node, "cohen_dz", paired.cohenDz());
    node.put("rank_biserial", paired.wilcoxon().rankBiserial());
    node.put("probability_of_improvement", paired.probabilityOfImprovement().value());
    interval(
        node,
        "probability_of_improvement_bootstrap",
        paired.probabilityOfImprovement().bootstrap());
    if (Double.isInfinite(paired.seedsNeeded())) {
      node.put("seeds_needed", "infinite");
    } else {
      number(node, "seeds_needed", paired.seedsNeeded());
    }
  }

  private static void interval(
      ObjectNode node, String name, Optional<ConfidenceInterval> interval) {
    interval.ifPresent(
        found ->
            node.putObject(name)
                .put("low", found.low())
                .put("high", found.high())
                .put("confidence", found.confidence()));
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }
}
