package org.grpo4j.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedBatch;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedGroup;
import org.grpo4j.experiment.trace.TracedStep;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Numbers;
import org.grpo4j.report.Table;

/**
 * A traced update and its groups as text.
 *
 * @param header of the trace
 * @param update the update
 */
public record ExplainedUpdate(TraceHeader header, TracedUpdate update) {

  /** Completions of a group up to which all are listed. */
  private static final int MOST_LISTED = 8;

  /** The whole update: versions, loss, groups, optimiser steps, parameter blocks. */
  public String account() {
    return heading()
        + "\n\n"
        + versions()
        + "\n"
        + groups()
        + "\n"
        + steps()
        + "\n"
        + blocks()
        + "\nMore: --group "
        + tracedGroups().get(0)
        + "; with all numbers there are the groups "
        + tracedGroups()
        + ".";
  }

  private String heading() {
    return "update "
        + update.update()
        + " of "
        + header.experiment()
        + ", seed "
        + header.seed()
        + ": "
        + update.batch().rows()
        + " completions of "
        + update.batch().prompts().size()
        + " prompts";
  }

  private Table versions() {
    TracedUpdate.Versions versions = update.versions();
    TracedUpdate.Loss loss = update.loss();
    return new Table()
        .row("old policy", "version " + versions.old(), "sampled the completions")
        .row("current policy", "version " + join(versions.current()), "at each optimiser step")
        .row("after the update", "version " + versions.after())
        .row(
            "reference policy",
            versions.reference().map(version -> "version " + version).orElse("none"))
        .row(
            "loss",
            Numbers.brief(loss.total()),
            "= policy "
                + Numbers.brief(loss.policy())
                + " + divergence "
                + Numbers.brief(loss.kl())
                + " + entropy "
                + Numbers.brief(loss.entropy())
                + ", at the first optimiser step");
  }

  private Table groups() {
    TracedBatch batch = update.batch();
    Table table = new Table().row("group", "prompt", "rewards", "mean", "advantages", "");
    for (int g = 0; g < batch.prompts().size(); g++) {
      List<Double> rewards = new ArrayList<>();
      List<Double> advantages = new ArrayList<>();
      for (int row = 0; row < batch.rows(); row++) {
        if (batch.groupOfRow().get(row) == g) {
          rewards.add(batch.rewards().get(row));
          advantages.add(batch.advantages().get(row));
        }
      }
      Moments moments =
          Moments.ofPresent(rewards.stream().mapToDouble(Double::doubleValue).toArray());
      table.row(
          String.valueOf(g),
          batch.prompts().get(g),
          list(rewards),
          Numbers.brief(moments.mean()),
          moments.allEqual() ? "dead: all rewards are equal" : list(advantages),
          tracedGroups().contains(g) ? "traced" : "");
    }
    return table;
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

  private Table steps() {
    Table table =
        new Table()
            .row("step", "epoch", "completions", "learning rate", "loss", "|gradient|", "clipped");
    for (int s = 0; s < update.steps().size(); s++) {
      TracedStep step = update.steps().get(s);
      table.row(
          String.valueOf(s),
          String.valueOf(step.innerEpoch()),
          String.valueOf(step.rowsOf(update.batch().rows()).size()),
          Numbers.brief(step.learningRate()),
          Numbers.brief(step.loss()),
          Numbers.brief(step.gradientNorm()),
          "x " + Numbers.brief(step.clipFactor()));
    }
    return table;
  }

  private Table blocks() {
    Table table = new Table().row("parameters, step 0", "|gradient|", "|change|", "|parameters|");
    for (TracedStep.Block block : update.steps().get(0).blocks()) {
      table.row(
          block.name(),
          Numbers.brief(block.gradientNorm()),
          Numbers.brief(block.changeNorm()),
          Numbers.brief(block.parameterNorm()));
    }
    return table;
  }

  /** One group: rewards, advantages, what became of the completions. */
  public String group(TracedGroup group, TraceExplainer explainer) {
    Table table =
        new Table()
            .row(
                "i", "completion", "ended", "reward", "advantage", "probability", "after", "share");
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
    return "group "
        + group.group()
        + " of update "
        + update.update()
        + ": "
        + group.prompt()
        + "   answer "
        + group.answer()
        + "\n\n"
        + table
        + "\nrewards: mean "
        + Numbers.brief(group.rewardMean())
        + ", sample deviation "
        + Numbers.brief(group.rewardSampleDeviation())
        + (group.allEqual() ? ", all equal: a dead group" : "")
        + "\ngreedy answer: "
        + group.greedyBefore()
        + " before the update, "
        + group.greedyAfter()
        + " after it\n\nthe advantage of completion 0:\n"
        + ExplanationText.tree(explainer.advantage(first.row(), 0));
  }

  /** {@code 1}, or {@code 0.9 = 1 * correct 1 + ...} of several parts. */
  static String reward(TracedCompletion completion) {
    String total = Numbers.brief(completion.reward().total());
    List<TracedCompletion.Part> parts = completion.reward().parts();
    if (parts.size() == 1 && parts.get(0).weight() == 1) {
      return total;
    }
    List<String> terms = new ArrayList<>();
    for (TracedCompletion.Part part : parts) {
      terms.add(
          Numbers.brief(part.weight()) + " * " + part.name() + " " + Numbers.brief(part.value()));
    }
    return total + " = " + String.join(" + ", terms);
  }

  /** {@code 3.1 %}; a dash if it was not computed at this update. */
  static String share(Optional<Double> share) {
    return share.map(ExplainedUpdate::percent).orElse("-");
  }

  /** {@code 3.14 %}. */
  static String percent(double share) {
    return Figures.decimals(100 * share).replaceFirst("^-(0\\.0*)$", "$1") + " %";
  }

  private List<Integer> tracedGroups() {
    return update.groups().stream().map(TracedGroup::group).toList();
  }

  private static String join(List<Long> versions) {
    return versions.size() <= 4
        ? String.join(", ", versions.stream().map(String::valueOf).toList())
        : versions.get(0) + " to " + versions.get(versions.size() - 1);
  }
}
