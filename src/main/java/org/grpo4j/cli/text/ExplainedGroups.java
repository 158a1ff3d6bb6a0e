package org.grpo4j.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TracedBatch;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Numbers;
import org.grpo4j.metric.DeadGroups;
import org.grpo4j.report.Table;
import org.grpo4j.reward.Reward;

/** The groups of a traced update as text. */
public record ExplainedGroups(TracedUpdate update) {

  /** Completions of a group up to which all are listed. */
  private static final int MOST_LISTED = 8;

  /** All groups with their rewards and advantages. */
  Table table() {
    TracedBatch batch = update.batch();
    List<String> names = new ArrayList<>(List.of("group", "prompt", "rewards", "mean"));
    if (batch.advantageRewards().isPresent()) {
      names.set(2, "scores");
      names.addAll(List.of("score - KL penalty", "mean"));
    }
    names.addAll(List.of("advantages", ""));
    Table table = new Table().row(names.toArray(String[]::new));
    for (int g = 0; g < batch.prompts().size(); g++) {
      List<String> cells = new ArrayList<>(List.of(String.valueOf(g), batch.prompts().get(g)));
      addWithMean(cells, ofGroup(batch.rewards(), g));
      if (batch.advantageRewards().isPresent()) {
        addWithMean(cells, ofGroup(batch.advantageRewards().get(), g));
      }
      cells.add(dead(g).orElse(list(ofGroup(batch.advantages(), g))));
      cells.add(traced().contains(g) ? "traced" : "");
      table.row(cells.toArray(String[]::new));
    }
    return table;
  }

  private static void addWithMean(List<String> cells, List<Double> values) {
    cells.add(list(values));
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    cells.add(Numbers.brief(Moments.ofPresent(numbers).mean()));
  }

  private List<Double> ofGroup(DoubleVector perRow, int group) {
    return IntStream.range(0, perRow.size())
        .filter(row -> update.batch().groupOfRow().get(row) == group)
        .mapToObj(perRow::get)
        .toList();
  }

  /** The reason why a group is dead; empty for the others. */
  private Optional<String> dead(int group) {
    Optional<DeadGroups> dead = update.batch().deadGroups();
    if (dead.isEmpty() || !dead.get().groups().contains(group)) {
      return Optional.empty();
    }
    boolean allRight = dead.get().allRight().orElse(List.of()).contains(group);
    boolean allWrong = dead.get().allWrong().orElse(List.of()).contains(group);
    return Optional.of(
        "dead: " + (allRight ? "all right" : allWrong ? "all wrong" : "all rewards are equal"));
  }

  /** All of a few, {@code 0 0 1 0}; of many how often each occurs, {@code 62 x 0, 2 x 1}. */
  private static String list(List<Double> values) {
    if (values.size() <= MOST_LISTED) {
      return String.join(" ", values.stream().map(Numbers::brief).toList());
    }
    SortedMap<Double, Integer> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    List<String> terms = new ArrayList<>();
    counts.forEach((value, count) -> terms.add(count + " x " + Numbers.brief(value)));
    return String.join(", ", terms);
  }

  /** One group: rewards, advantages, what became of the completions. */
  public String group(TracedGroup group, TraceExplainer explainer) {
    Table table =
        new Table()
            .row(
                "i",
                "completion",
                "ended",
                update.batch().advantageRewards().isPresent() ? "score, - KL penalty" : "reward",
                "advantage",
                "probability",
                "after",
                "share");
    for (int i = 0; i < group.completions().size(); i++) {
      TracedCompletion completion = group.completions().get(i);
      table.row(
          String.valueOf(i),
          completion.text(),
          completion.finish().name().equals("END_TOKEN") ? "yes" : "cut off",
          reward(completion),
          Numbers.brief(completion.advantage()),
          Numbers.brief(Math.exp(completion.oldLogProbs().sum())),
          Numbers.brief(Math.exp(completion.afterLogProbs().sum())),
          share(completion.gradient().map(TracedCompletion.Gradient::share)));
    }
    TracedCompletion first = group.completions().get(0);
    return "group %s of update %s: %s   answer %s\n\n"
            .formatted(group.group(), update.update(), group.prompt(), group.answer())
        + table
        + rewardLine(group)
        + "\ngreedy answer: %s before the update, %s after it\n\nthe advantage of completion 0:\n"
            .formatted(group.greedyBefore(), group.greedyAfter())
        + explainer.advantage(first.row(), 0);
  }

  /** Mean and standard deviation; nothing is said that is not there. */
  private String rewardLine(TracedGroup group) {
    boolean penalised = update.batch().advantageRewards().isPresent();
    return (penalised ? "\nscores: mean " + Numbers.brief(group.scoreMean()) : "")
        + (penalised ? "\nscores - KL penalty: mean " : "\nrewards: mean ")
        + Numbers.brief(group.rewardMean())
        + group
            .rewardSampleDeviation()
            .map(deviation -> ", sample standard deviation " + Numbers.brief(deviation))
            .orElse("")
        + dead(group.group()).map(text -> "; " + text).orElse("");
  }

  /**
   * {@code 1}, or {@code 0.9 = 1 * correct 1 + ...} of several parts; {@code , -0.0083} behind it:
   * the reward the estimator was given, if it is not the score.
   */
  String reward(TracedCompletion completion) {
    List<Reward.Part> parts = completion.reward().parts();
    String sum = String.join(" + ", parts.stream().map(ExplainedGroups::term).toList());
    boolean plain = parts.size() == 1 && parts.get(0).weight() == 1;
    Optional<DoubleVector> given = update.batch().advantageRewards();
    return Numbers.brief(completion.reward().total())
        + (plain ? "" : " = " + sum)
        + given.map(rewards -> ", " + Numbers.brief(rewards.get(completion.row()))).orElse("");
  }

  private static String term(Reward.Part part) {
    return Numbers.brief(part.weight()) + " * " + part.name() + " " + Numbers.brief(part.value());
  }

  /** {@code 3.1 %}; a dash if it was not computed at this update. */
  static String share(Optional<Double> share) {
    return share.map(ExplainedGroups::percent).orElse("-");
  }

  /** {@code 3.14 %}. */
  static String percent(double share) {
    return Figures.decimals(100 * share).replaceFirst("^-(0\\.0*)$", "$1") + " %";
  }

  /** A group whose tokens were not traced: what the trace keeps of every completion. */
  public String untraced(int group) {
    TracedBatch batch = update.batch();
    Table table = new Table().row("i", "completion", "tokens", "reward", "advantage");
    for (int row = batch.groupOfRow().indexOf(group), i = 0; row < batch.rows(); row++) {
      if (batch.groupOfRow().get(row) == group) {
        table.row(
            String.valueOf(i++),
            batch.texts().get(row),
            String.valueOf(batch.lengths().get(row)),
            Numbers.brief(batch.rewards().get(row)),
            Numbers.brief(batch.advantages().get(row)));
      }
    }
    return "group %s of update %s: %s\n\n%s\nThe tokens of this group were not traced%s.\n"
            .formatted(group, update.update(), batch.prompts().get(group), table, tracedWhich())
        + "More of them: train --set trace.groups=N";
  }

  /** {@code (every token of the groups 1, 4 was)}, or nothing. */
  String tracedWhich() {
    List<String> groups = traced().stream().map(String::valueOf).toList();
    return groups.isEmpty()
        ? ""
        : " (every token of the groups " + String.join(", ", groups) + " was)";
  }

  /** The groups that are traced with all numbers. */
  public List<Integer> traced() {
    return update.groups().stream().map(TracedGroup::group).toList();
  }
}
