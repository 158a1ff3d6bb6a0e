package org.grpo4j.cli;

import org.grpo4j.math.Numbers;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.TokenTerm;
import org.grpo4j.policy.TokenLogProbs;
import org.grpo4j.report.Table;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.task.Vocabulary;
import org.grpo4j.train.UpdateTrace;

/**
 * A small update as text: every group, every token of every optimiser step, and what became of the
 * completions.
 *
 * @param vocabulary the symbols
 * @param trace the update
 * @param after the completions as the policy rates them after it
 */
record UpdateAccount(Vocabulary vocabulary, UpdateTrace trace, TokenLogProbs after) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int firstRow = 0;
    for (Group group : trace.rollout().groups()) {
      text.append("prompt ").append(group.problem().prompt());
      text.append("   answer ").append(group.problem().answer());
      text.append("   sampled by policy version ").append(trace.oldVersion()).append("\n\n");
      text.append(completions(group, firstRow));
      firstRow += group.size();
    }
    for (int s = 0; s < trace.steps().size(); s++) {
      text.append("\noptimiser step ").append(s + 1).append(" of ").append(trace.steps().size());
      text.append("\n\n").append(step(trace.steps().get(s)));
    }
    return text.toString().stripTrailing();
  }

  private Table completions(Group group, int firstRow) {
    TokenTable old = trace.steps().get(0).objective().inputs().oldLogProbs();
    Table table = new Table();
    table.row("i", "completion", "reward", "advantage", "probability", "after the update");
    for (int g = 0; g < group.size(); g++) {
      int row = firstRow + g;
      table.row(
          String.valueOf(row),
          symbols(group.completions().get(g)),
          Numbers.brief(trace.rewards().get(row).total()),
          Numbers.brief(trace.advantages().perToken().get(row, 0)),
          Numbers.brief(Math.exp(old.row(row).sum())),
          Numbers.brief(Math.exp(after.table().row(row).sum())));
    }
    return table;
  }

  private String step(UpdateTrace.OptimizerStep step) {
    ObjectiveResult result = step.objective();
    Table table = new Table();
    table.row(
        "i",
        "t",
        "token",
        "log pi_old",
        "log pi",
        "ratio",
        "A",
        "branch",
        "KL",
        "w",
        "g = dL/dlogp");
    for (int i = 0; i < step.rows().size(); i++) {
      Completion completion = trace.rollout().completions().get(step.rows().get(i));
      for (int t = 0; t < completion.length(); t++) {
        TokenTerm term = result.token(i, t);
        table.row(
            String.valueOf(step.rows().get(i)),
            String.valueOf(t),
            String.valueOf(vocabulary.symbol(completion.tokens().get(t))),
            Numbers.brief(term.oldLogProb()),
            Numbers.brief(term.logProb()),
            Numbers.brief(term.ratio()),
            Numbers.brief(term.advantage()),
            String.valueOf(term.branch()),
            Numbers.brief(term.kl()),
            Numbers.brief(term.weight()),
            Numbers.brief(term.lossByLogProb()));
      }
    }
    return table
        + "\nloss "
        + Numbers.brief(result.loss())
        + " = policy "
        + Numbers.brief(result.policyLoss())
        + " + KL "
        + Numbers.brief(result.klLoss())
        + "   gradient norm "
        + Numbers.brief(step.gradient().gradientNorm())
        + ", clipped by the factor "
        + Numbers.brief(step.gradient().clipFactor())
        + "   policy version "
        + step.gradient().version()
        + "\n";
  }

  /** The text with the end token. */
  private String symbols(Completion completion) {
    StringBuilder text = new StringBuilder();
    for (int t = 0; t < completion.length(); t++) {
      text.append(vocabulary.symbol(completion.tokens().get(t)));
    }
    return text.toString();
  }
}
