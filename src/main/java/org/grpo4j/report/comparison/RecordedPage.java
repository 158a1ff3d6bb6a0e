package org.grpo4j.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.experiment.comparison.ClockSpread;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.MeasureComparison;
import org.grpo4j.experiment.recorded.BandResult;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.grpo4j.experiment.recorded.RecordedResult;
import org.grpo4j.report.Table;

/**
 * The page of a recorded experiment in Markdown: question, setting, pictures, what was expected and
 * whether it came out, numbers with intervals, conclusion and caution. It depends on the definition
 * and on the record only, so that it can be written again at any time and comes out the same.
 */
public final class RecordedPage {

  /** Settings every page names. */
  private static final List<String> MAIN_SETTINGS =
      List.of(
          "task",
          "cold_start.steps",
          "train.updates",
          "train.prompts",
          "train.group_size",
          "train.learning_rate");

  private final ExperimentDefinition definition;
  private final RecordedResult record;
  private final StringBuilder text = new StringBuilder();

  private RecordedPage(ExperimentDefinition definition, RecordedResult record) {
    this.definition = definition;
    this.record = record;
  }

  /** The page, to be put beside the definition as {@code <name>.md}. */
  public static String of(ExperimentDefinition definition, RecordedResult record) {
    RecordedPage page = new RecordedPage(definition, record);
    page.heading();
    page.setting();
    page.pictures();
    page.stages();
    page.bands();
    page.results();
    page.costs();
    page.section("What to conclude", definition.conclude());
    page.section("What not to conclude", definition.caution());
    page.provenance();
    return page.text.toString().stripTrailing() + "\n";
  }

  /** The number of expectations that came out: {@code 7 of 8}. */
  static String held(List<BandResult> bands) {
    long held = bands.stream().filter(BandResult::holds).count();
    return held + " of " + bands.size();
  }

  private void heading() {
    text.append(
        """
        # %1$s

        <!-- Written by `./grpo4j experiment %1$s --record`; the texts are in %1$s.yaml. -->

        **%2$s**
        """
            .formatted(definition.name(), definition.question()));
  }

  private void setting() {
    section("Setting");
    List<Map<String, String>> settings =
        record.table().variants().stream()
            .map(variant -> record.settings().getOrDefault(variant, Map.of()))
            .toList();
    Set<String> keys = new LinkedHashSet<>(MAIN_SETTINGS);
    settings.forEach(one -> keys.addAll(one.keySet()));
    List<String> common = new ArrayList<>();
    Table differences = new Table().row("setting", record.table().variants());
    boolean differ = false;
    for (String key : keys) {
      if (key.endsWith(".config")) { // a hash of what other rows say
        continue;
      }
      List<String> values = settings.stream().map(one -> one.getOrDefault(key, "-")).toList();
      if (values.stream().distinct().count() > 1) {
        differences.row("`" + key + "`", values);
        differ = true;
      } else if (MAIN_SETTINGS.contains(key)) {
        common.add("`" + key + "` " + values.get(0));
      }
    }
    line(
        "[%s](%s) with the changes of the definition, [%3$s.yaml](%3$s.yaml); seeds %4$s. %5$s%6$s."
            .formatted(
                definition.base().replaceAll(".*/", ""),
                definition.base(),
                definition.name(),
                definition.seeds(),
                differ ? "In all variants: " : "",
                String.join(", ", common)));
    if (differ) {
      line("");
      text.append(differences.markdown());
    }
  }

  private void pictures() {
    if (definition.pictures().isEmpty()) {
      return;
    }
    section(definition.pictures().size() > 1 ? "Pictures" : "Picture");
    for (String picture : definition.pictures()) {
      String file = RecordedFiles.picture(definition, picture);
      line("![%s](%s)".formatted(picture.replace('-', ' '), file));
      line("");
    }
    line(
        "Lines are means over the seeds (their number in brackets), bands 95 % bootstrap intervals;"
            + " up to five seeds are thin lines instead; in pictures of differences points are"
            + " seeds, the thick bar is the bootstrap interval and the thin one Student's.");
    if (definition.pictures().stream().anyMatch(ComparisonPlots::isOfManySeeds)) {
      line(
          "Lines of pictures called *iqm* are interquartile means; a *profile* is the share of runs"
              + " above each threshold, with Wilson's interval.");
    }
    ScoresAtK.missing(definition, record)
        .ifPresent(
            sentence -> {
              line("");
              line(sentence);
            });
  }

  private void stages() {
    if (!definition.columns().isEmpty()) {
      section("Stages");
      text.append(StageTable.of(definition, record).markdown());
    }
  }

  private void bands() {
    List<BandResult> bands = definition.check(record.table());
    if (bands.isEmpty()) {
      return;
    }
    section("What was expected");
    line(held(bands) + " expectations held.");
    line("");
    List<String> heading = List.of("", "expected", "found", "");
    Table table = ComparisonTables.bands(bands, heading, "", "held", "**missed**");
    text.append(table.markdown());
  }

  private void results() {
    section("Numbers");
    line(
        "Primary row: "
            + definition.allMeasures().get(0).title()
            + ". The others say more about it, and their intervals are not corrected for their"
            + " number.");
    line("");
    List<MeasureComparison> measures = RecordedNumbers.shown(definition, record);
    text.append(RecordedNumbers.results(measures, record));
    line("");
    line("Mean over the seeds with its 95 % interval (BCa bootstrap).");
    List<String> otherwise =
        record.table().variants().stream()
            .filter(
                variant ->
                    !Comparison.rewardIsAccuracy(record.settings().getOrDefault(variant, Map.of())))
            .toList();
    if (!otherwise.isEmpty()) {
      line(
          "*Accuracy while training* is the mean reward, and in "
              + String.join(", ", otherwise)
              + " the reward is not for right answers alone; greedy accuracy and pass@1 always"
              + " count right answers.");
    }
    if (record.table().variants().size() > 1) {
      line(
          "Differences are from "
              + record.table().variants().get(0)
              + ", seed by seed, with Student's interval; *shown?* says whether it leaves out zero"
              + " and is not corrected for the number of rows.");
    }
    text.append(RecordedNumbers.multiplicity(measures)).append(RecordedNumbers.manySeeds(measures));
  }

  private void costs() {
    List<Measure> costs = definition.allMeasures().stream().filter(Measure::isCost).toList();
    section("Costs");
    text.append(RecordedNumbers.costs(costs, record));
    line("");
    line(
        "Seconds are wall-clock seconds of the median update, on a machine that does other work,"
            + " too.");
    ClockSpread clock = record.table().clock();
    if (!clock.unsteady().isEmpty()) {
      line(clock.sentence());
    }
  }

  private void provenance() {
    section("Where the numbers come from");
    text.append(
        """
        Recorded %s with version %s on %s. Every number of every seed: [%4$s.json](%4$s.json).

        ```
        ./grpo4j experiment %4$s            # make the runs, show the result
        ./grpo4j experiment %4$s --check    # does the record still hold?
        ```
        """
            .formatted(
                record.recordedAt(),
                String.join(", ", record.programs()),
                String.join(", ", record.machines()),
                definition.name()));
  }

  private void section(String heading) {
    line("");
    line("## " + heading);
    line("");
  }

  private void section(String heading, String body) {
    if (!body.isBlank()) {
      section(heading);
      line(body.strip());
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
