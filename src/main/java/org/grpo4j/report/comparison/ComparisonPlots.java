package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.experiment.comparison.Centre;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.CurveBand;
import org.grpo4j.experiment.comparison.CurveSet;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.statistics.PairedComparison;
import org.grpo4j.experiment.statistics.PerformanceProfile;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.report.plot.BandPlot;
import org.grpo4j.report.plot.IntervalPlot;

/** The plots of a comparison. An experiment has the same colour in all of them. */
public final class ComparisonPlots {

  private static final String PROFILE = "profile-";

  private ComparisonPlots() {}

  /** All plots as files of their own, by file name. */
  public static Map<String, String> files(Comparison comparison) {
    Map<String, String> files = new LinkedHashMap<>();
    for (CurveSet curves : comparison.curves()) {
      String name = slug(curves.column()) + "-over-" + curves.axis().fileName();
      String centre = curves.centre() == Centre.MEAN ? "" : "-" + curves.centre().fileName();
      files.put(name + centre + ".svg", curve(comparison, curves).standalone());
    }
    for (MeasureComparison measure : ManySeeds.among(comparison.measures())) {
      String name = PROFILE + slug(measure.measure().name()) + ".svg";
      files.put(name, profile(comparison, measure).standalone());
    }
    for (MeasureComparison measure : comparison.measures()) {
      difference(comparison, measure)
          .ifPresent(
              plot ->
                  files.put(
                      "difference-" + slug(measure.measure().name()) + ".svg", plot.standalone()));
    }
    return files;
  }

  /** Whether a picture of this name is there of many seeds only. */
  static boolean isOfManySeeds(String picture) {
    return picture.startsWith(PROFILE)
        || picture.endsWith("-" + Centre.INTERQUARTILE_MEAN.fileName());
  }

  /** The learning curves of all experiments. */
  static BandPlot curve(Comparison comparison, CurveSet curves) {
    List<BandPlot.Series> series = new ArrayList<>();
    for (CurveBand band : curves.bands()) {
      series.add(
          new BandPlot.Series(
              band.experiment() + " (" + band.seeds() + ")",
              colour(comparison, band.experiment()),
              band.positions(),
              band.middle(),
              band.low(),
              band.high(),
              band.seeds() > 1 && band.seeds() <= CurveBand.FEW_SEEDS ? band.each() : List.of()));
    }
    return new BandPlot(curves.title(), curves.axis().label(), series);
  }

  /** The share of each experiment's runs above each threshold; the measure must have been found. */
  static BandPlot profile(Comparison comparison, MeasureComparison measure) {
    Map<String, DoubleVector> scores = new LinkedHashMap<>();
    for (MeasureComparison.Row row : measure.rows()) {
      row.summary().ifPresent(found -> scores.put(row.experiment(), found.values()));
    }
    DoubleVector thresholds = PerformanceProfile.thresholds(List.copyOf(scores.values()));
    List<BandPlot.Series> series = new ArrayList<>();
    scores.forEach(
        (experiment, values) -> {
          PerformanceProfile profile = PerformanceProfile.of(values, thresholds);
          series.add(
              new BandPlot.Series(
                  experiment + " (" + values.size() + ")",
                  colour(comparison, experiment),
                  thresholds,
                  profile.share(),
                  profile.low(),
                  profile.high()));
        });
    return BandPlot.fromFirst(
        measure.measure().title(), "threshold; height: share of runs above it", series);
  }

  /** The paired differences of a measure; none if there is no pair of two seeds or more. */
  static Optional<IntervalPlot> difference(Comparison comparison, MeasureComparison measure) {
    List<IntervalPlot.Row> rows = new ArrayList<>();
    for (MeasureComparison.Row row : measure.rows()) {
      Optional<PairedComparison> found = row.againstFirst();
      if (found.isPresent()
          && found.get().summary().bootstrap().isPresent()
          && found.get().studentT().isPresent()) {
        PairedComparison paired = found.get();
        rows.add(
            new IntervalPlot.Row(
                row.experiment(),
                colour(comparison, row.experiment()),
                paired.differences(),
                paired.mean(),
                paired.summary().bootstrap().get(),
                paired.studentT().get()));
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    String first = comparison.experiments().get(0).name();
    return Optional.of(
        new IntervalPlot(
            measure.measure().title(), "difference from " + first + ", seed by seed", rows));
  }

  private static int colour(Comparison comparison, String experiment) {
    return comparison.experiments().stream()
        .map(ComparedExperiment::name)
        .toList()
        .indexOf(experiment);
  }

  static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replace("@", "-at-").replaceAll("[^a-z0-9]+", "-");
  }
}
