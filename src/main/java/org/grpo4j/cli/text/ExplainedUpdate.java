package org.grpo4j.cli.text;

import java.util.List;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedStep;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.Numbers;
import org.grpo4j.report.Table;

/** A traced update as text. */
public record ExplainedUpdate(TraceHeader header, TracedUpdate update) {

  private static final Table MORE =
      new Table()
          .row("  --group G", "one group: rewards, advantages, probabilities")
          .row("  --completion I", "of a traced group: every token of one completion")
          .row("  --token T", "of that completion: its coefficient as a tree")
          .row("  --parameters", "what the first step did to each block of parameters");

  /** The whole update: versions, loss, groups, optimiser steps. */
  public String account() {
    ExplainedGroups groups = new ExplainedGroups(update);
    String traced = String.join(", ", groups.traced().stream().map(String::valueOf).toList());
    return "%s\n\n%s\n%s\n%s\nMore, with every token of the groups %s:\n%s"
        .formatted(heading(), versions(), groups.table(), steps(), traced, MORE);
  }

  private String heading() {
    return "update %s of %s, seed %s: %s of %s"
        .formatted(
            update.update(),
            header.experiment(),
            header.seed(),
            Numbers.count(update.batch().rows(), "completion"),
            Numbers.count(update.batch().prompts().size(), "prompt"));
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
            "= policy %s + KL %s + entropy %s, at the first optimiser step"
                .formatted(
                    Numbers.brief(loss.policy()),
                    Numbers.brief(loss.kl()),
                    Numbers.brief(loss.entropy())));
  }

  private Table steps() {
    Table table =
        new Table()
            .row("step", "epoch", "completions", "learning rate", "loss", "|gradient|", "clipped");
    for (int s = 0; s < update.steps().size(); s++) {
      TracedStep step = update.steps().get(s);
      table.row(
          String.valueOf(s + 1),
          String.valueOf(step.innerEpoch() + 1),
          String.valueOf(step.rowsOf(update.batch().rows()).size()),
          Numbers.brief(step.learningRate()),
          Numbers.brief(step.loss()),
          Numbers.brief(step.gradientNorm()),
          "x " + Numbers.brief(step.clipFactor()));
    }
    return table;
  }

  /** The effect of the first optimiser step on each block of parameters. */
  public Table blocks() {
    Table table = new Table().row("parameters, step 1", "|gradient|", "|change|", "|parameters|");
    for (TracedStep.Block block : update.steps().get(0).blocks()) {
      table.row(
          block.name(),
          Numbers.brief(block.gradientNorm()),
          Numbers.brief(block.changeNorm()),
          Numbers.brief(block.parameterNorm()));
    }
    return table;
  }

  private static String join(List<Long> versions) {
    return versions.size() <= 4
        ? String.join(", ", versions.stream().map(String::valueOf).toList())
        : versions.get(0) + " to " + versions.get(versions.size() - 1);
  }
}
