package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.experiment.recorded.SeedTable;
import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.ConfidenceInterval;
import org.grpo4j.experiment.statistics.SampleSummary;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.report.plot.BandPlot;

/**
 * The picture of pass@k and maj@k over k, before and after training. It is made of the record
 * alone: of its measures named {@code pass@8}, {@code maj@8}, {@code base-pass@8}, {@code
 * base-maj@8}, for every k that has one.
 */
final class ScoresAtK {

  /** Its name among the pictures of a definition. */
  static final String PICTURE = "scores-at-k";

  private static final Pattern MEASURE = Pattern.compile("((?:base-)?(?:pass|maj))@(\\d+)");

  private static final Map<String, String> LABELS = labels();

  private ScoresAtK() {}

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("base-pass", "pass@k before training: one of k is right");
    labels.put("pass", "pass@k after training");
    labels.put("base-maj", "maj@k before training: the vote of k is right");
    labels.put("maj", "maj@k after training");
    return labels;
  }

  /** The picture; none if there is no such measure in the record. */
  static Optional<BandPlot> of(RecordedResult record) {
    List<String> variants = record.table().variants();
    List<BandPlot.Series> series = new ArrayList<>();
    for (String variant : variants) {
      String prefix = variants.size() > 1 ? variant + ", " : "";
      LABELS.forEach(
          (kind, label) ->
              series(record, variant, kind, prefix + label, series.size()).ifPresent(series::add));
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(BandPlot.overDoublings("Of k samples of a problem", "samples k", series));
  }

  /** The excuse of a record that is older than some of the picture's numbers. */
  static Optional<String> missing(ExperimentDefinition definition, RecordedResult record) {
    List<String> missing =
        definition.measures().stream()
            .map(Measure::name)
            .filter(name -> !record.values().containsKey(name))
            .toList();
    return missing.isEmpty() || !definition.pictures().contains(PICTURE)
        ? Optional.empty()
        : Optional.of(
            "This record is older than some of the numbers its definition asks for: "
                + String.join(", ", missing)
                + " are not in it, and the next recording adds them.");
  }

  private static Optional<BandPlot.Series> series(
      RecordedResult record, String variant, String kind, String label, int colour) {
    TreeMap<Integer, SampleSummary> byK = new TreeMap<>();
    for (String measure : record.values().keySet()) {
      Matcher name = MEASURE.matcher(measure);
      if (name.matches() && name.group(1).equals(kind)) {
        double[] seeds = SeedTable.values(record.table().numbers(measure, variant));
        if (seeds.length > 0) {
          byK.put(
              Integer.valueOf(name.group(2)),
              SampleSummary.of(DoubleVector.of(seeds), Bootstrap.STANDARD));
        }
      }
    }
    if (byK.isEmpty()) {
      return Optional.empty();
    }
    double[] ks = byK.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    return Optional.of(
        new BandPlot.Series(
            label,
            colour,
            DoubleVector.of(ks),
            numbers(byK, 0),
            numbers(byK, -1),
            numbers(byK, 1)));
  }

  /** Mean, or the lower or upper end of its interval. */
  private static DoubleVector numbers(TreeMap<Integer, SampleSummary> byK, int side) {
    return DoubleVector.of(
        byK.values().stream()
            .mapToDouble(
                one -> {
                  Optional<ConfidenceInterval> interval = one.bootstrap();
                  boolean mean = side == 0 || interval.isEmpty();
                  return mean
                      ? one.mean()
                      : side < 0 ? interval.get().low() : interval.get().high();
                })
            .toArray());
  }
}
