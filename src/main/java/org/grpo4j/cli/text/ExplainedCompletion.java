package org.grpo4j.cli.text;

import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedTokens;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.Numbers;
import org.grpo4j.report.Table;

/**
 * A traced completion and its tokens as text, as one optimiser step saw them.
 *
 * @param header of the trace
 * @param update the update
 * @param completion the completion
 * @param step the optimiser step, from 0; shown from 1
 */
public record ExplainedCompletion(
    TraceHeader header, TracedUpdate update, TracedCompletion completion, int step) {

  /** Every token with its numbers. */
  public String account() {
    TracedTokens tokens = completion.steps().get(step).orElseThrow();
    Table table =
        new Table()
            .row(
                "t",
                "token",
                "log q",
                "log pi_old",
                "log pi",
                "log pi_ref",
                "ratio",
                "A",
                "branch",
                "KL",
                "w",
                "g = dL/dlogp",
                "|dL/dz|",
                "share",
                "p before",
                "p after");
    for (int t = 0; t < completion.tokens().size(); t++) {
      int token = t;
      table.row(
          String.valueOf(t),
          symbol(t),
          Numbers.brief(completion.samplerLogProbs().get(t)),
          Numbers.brief(completion.oldLogProbs().get(t)),
          Numbers.brief(tokens.currentLogProbs().get(t)),
          completion.referenceLogProbs().map(given -> Numbers.brief(given.get(token))).orElse("-"),
          Numbers.brief(tokens.ratios().get(t)),
          Numbers.brief(completion.advantages().get(t)),
          completion.mask().get(t) == 0 ? "masked" : tokens.branches().get(t).name(),
          completion.referenceLogProbs().isPresent() ? present(tokens.kl().get(t)) : "-",
          Numbers.brief(tokens.weights().get(t)),
          Numbers.brief(tokens.coefficients().get(t)),
          present(completion.logitGradientNorms().get(t)),
          ExplainedGroups.share(completion.gradient().map(g -> g.tokenShares().get(token))),
          Numbers.brief(Math.exp(completion.oldLogProbs().get(t))),
          Numbers.brief(Math.exp(completion.afterLogProbs().get(t))));
    }
    ExplainedGroups groups = new ExplainedGroups(update);
    return completion.text()
        + (update.batch().advantageRewards().isPresent() ? "   score, - KL penalty " : "   reward ")
        + groups.reward(completion)
        + "   advantage "
        + Numbers.brief(completion.advantage())
        + "   optimiser step "
        + (step + 1)
        + "\n\n"
        + table
        + "\nlog q: the sampler's; p: the probability of the token before and after the update;"
        + "\nshare: of the token's gradient in that of the whole batch, at updates where it is"
        + " computed.";
  }

  /** One token: its coefficient as a tree, and what came of it. */
  public String token(int t, TraceExplainer explainer) {
    double before = completion.oldLogProbs().get(t);
    double after = completion.afterLogProbs().get(t);
    String text =
        "token "
            + t
            + " ("
            + symbol(t)
            + ") of "
            + completion.text()
            + "   optimiser step "
            + (step + 1)
            + "\n\n"
            + explainer.coefficient(completion.row(), t, step)
            + "\nlogits        |dL/dz| = "
            + present(completion.logitGradientNorms().get(t))
            + (Double.isNaN(completion.logitGradientNorms().get(t))
                ? ": kept of the first step only, whose mini-batch is another\n"
                : " at the first step\n");
    if (completion.gradient().isPresent()) {
      TracedCompletion.Gradient gradient = completion.gradient().get();
      text +=
          "parameters    |dL/dtheta| = "
              + Numbers.brief(gradient.tokenNorms().get(t))
              + " by this token alone, "
              + ExplainedGroups.percent(gradient.tokenShares().get(t))
              + " of the whole gradient\n";
    } else {
      text +=
          "parameters    gradient shares are computed in the last of every "
              + header.gradientsEvery()
              + " updates\n";
    }
    return text
        + "probability   "
        + Numbers.brief(Math.exp(before))
        + " before the update, "
        + Numbers.brief(Math.exp(after))
        + " after it: x "
        + Numbers.brief(Math.exp(after - before));
  }

  /** A dash for a number that is not there. */
  private static String present(double value) {
    return Double.isNaN(value) ? "-" : Numbers.brief(value);
  }

  private String symbol(int t) {
    return header.vocabulary().get(completion.tokens().get(t));
  }
}
