package org.grpo4j.experiment.recorded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.StandardMeasures;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.config.RecordBinder;
import org.grpo4j.experiment.sweep.SeedList;
import org.grpo4j.math.Require;

/**
 * A question, the variants that answer it, and what is expected.
 *
 * @param conclude what the result shows, written by a person who has seen it
 */
public record ExperimentDefinition(
    @Setting("Name of the experiment; its result has this file name.") String name,
    @Setting("The question it answers.") String question,
    @Setting(
            value =
                "Another definition, relative to this file, whose variants come before these; its"
                    + " base, settings, measures and columns are for these, too.",
            byDefault = "\"\"")
        String after,
    @Setting(
            value =
                "Experiment file all variants start from, relative to this file; not to be given"
                    + " with after.",
            byDefault = "\"\"")
        String base,
    @Setting(
            value = "Settings of all variants on top of the base, such as train.updates=100.",
            byDefault = "[]")
        List<String> set,
    @Setting(value = "Seeds of every variant.", byDefault = "\"1-5\"") String seeds,
    @Setting("What is compared; differences are from the first.") List<Variant> variants,
    @Setting(value = "Numbers beyond the standard ones.", byDefault = "[]") List<Measure> measures,
    @Setting(
            value =
                "Measures that are columns of the table of stages, where runs begin with others;"
                    + " nothing given means no such table.",
            byDefault = "[]")
        List<String> columns,
    @Setting(value = "What is expected to come out.", byDefault = "[]") List<Band> bands,
    @Setting(
            value = "What others said of the same, held against the numbers here.",
            byDefault = "[]")
        List<Claim> claims,
    @Setting(
            value =
                "Plots the page shows: names of files of the comparison without .svg, such as"
                    + " entropy-over-completions, of twenty seeds or more profile-greedy and"
                    + " reward-over-completions-iqm, or scores-at-k for pass@k and maj@k over k.",
            byDefault = "[reward-over-completions]")
        List<String> pictures,
    @Setting(value = "What the result shows, in Markdown.", byDefault = "\"\"") String conclude,
    @Setting(value = "What the result does not show, in Markdown.", byDefault = "\"\"")
        String caution) {

  public ExperimentDefinition {
    set = List.copyOf(set);
    variants = List.copyOf(variants);
    measures = List.copyOf(measures);
    columns = List.copyOf(columns);
    bands = List.copyOf(bands);
    claims = List.copyOf(claims);
    pictures = List.copyOf(pictures);
    Require.that(
        name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}"),
        "name: must be letters, digits, dots and hyphens, at most 64, got \"" + name + "\"");
    Require.that(!variants.isEmpty(), "variants: must not be empty");
    SeedList.parse(seeds);
    Set<String> variantNames = new HashSet<>();
    for (Variant variant : variants) {
      if (!variantNames.add(variant.name())) {
        throw new IllegalArgumentException("variants: \"" + variant.name() + "\" is there twice");
      }
    }
    Set<String> measureNames = new HashSet<>();
    StandardMeasures.all().forEach(measure -> measureNames.add(measure.name()));
    for (Measure measure : measures) {
      if (!measureNames.add(measure.name())) {
        throw new IllegalArgumentException(
            "measures: \"" + measure.name() + "\" is there already; choose another name");
      }
    }
    Require.that(base.isEmpty() != after.isEmpty(), "base: must be given, or after, and not both");
    if (after.isEmpty()) { // otherwise the others are not here yet
      for (String column : columns) {
        Require.that(measureNames.contains(column), "columns", "names of measures", column);
      }
      bands.forEach(band -> band.refuseUnknown(variantNames, measureNames));
      claims.forEach(claim -> claim.refuseUnknown(variantNames, measureNames));
    }
  }

  /** One thing to compare. */
  public record Variant(
      @Setting("What tables and legends call it.") String name,
      @Setting(value = "Experiment file instead of the common one.", byDefault = "\"\"")
          String base,
      @Setting(value = "Settings on top of all others.", byDefault = "[]") List<String> set) {

    public Variant {
      set = List.copyOf(set);
      Require.that(!name.isBlank(), "name: must not be blank");
    }
  }

  /**
   * The definition in {@code file}.
   *
   * @throws org.grpo4j.experiment.config.ConfigException if anything is wrong with it
   */
  public static ExperimentDefinition read(Path file) {
    ExperimentDefinition read = bind(file);
    if (read.after.isEmpty()) {
      return read;
    }
    Origin origin = new Origin(file.toString(), 0);
    ExperimentDefinition before = bind(file.resolveSibling(read.after));
    if (!before.after.isEmpty()) {
      throw new ConfigException(
          origin, "after", "must be a definition that comes after no other", "");
    }
    try {
      return read.following(before);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(origin, "after", String.valueOf(e.getMessage()), "");
    }
  }

  private static ExperimentDefinition bind(Path file) {
    return RecordBinder.bind(new ConfigSource(List.of()).file(file), ExperimentDefinition.class);
  }

  /** This definition with what it takes from the one that it comes after. */
  private ExperimentDefinition following(ExperimentDefinition before) {
    Path directory = Path.of(after).resolveSibling("");
    List<Variant> all = new ArrayList<>();
    for (Variant variant : before.variants) {
      String file = variant.base().isEmpty() ? "" : directory.resolve(variant.base()).toString();
      all.add(new Variant(variant.name(), file, variant.set()));
    }
    all.addAll(variants);
    return new ExperimentDefinition(
        name,
        question,
        "",
        directory.resolve(before.base).toString(),
        joined(before.set, set),
        seeds,
        all,
        joined(before.measures, measures),
        joined(before.columns, columns),
        bands,
        claims,
        pictures,
        conclude,
        caution);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The experiment file of {@code variant}, given where the definition is. */
  public Path baseFile(Path definitionFile, Variant variant) {
    return definitionFile.resolveSibling(variant.base().isEmpty() ? base : variant.base());
  }

  /** All settings of {@code variant} in the order in which they are applied. */
  public List<String> settings(Variant variant) {
    return joined(set, variant.set());
  }

  /** Whether what was expected came out: every band in every variant it is about. */
  public List<BandResult> check(SeedTable table) {
    return bands.stream().flatMap(band -> band.check(table).stream()).toList();
  }

  /** The standard measures and those of this definition. */
  public List<Measure> allMeasures() {
    return joined(StandardMeasures.all(), measures);
  }
}
