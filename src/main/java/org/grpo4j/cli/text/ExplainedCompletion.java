package org.grpo4j.cli.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.trace.TraceExplainer;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedRouting;
import org.grpo4j.experiment.trace.TracedTokens;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.math.Explanation;
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

  private static final List<String> COLUMNS =
      List.of(
          ("t,token,log q,log pi_old,log pi,log pi_ref,ratio,A,branch,KL,w,g = dL/dlogp,|dL/dz|,"
                  + "share,p before,p after")
              .split(","));

  /** Every token with its numbers. */
  public String account() {
    TracedTokens tokens = completion.steps().get(step).orElseThrow();
    List<String> columns = new ArrayList<>(COLUMNS);
    completion.routing().ifPresent(blocks -> columns.add("experts"));
    Table table = new Table().row(columns);
    for (int t = 0; t < completion.tokens().size(); t++) {
      int token = t;
      List<String> cells = new ArrayList<>();
      Collections.addAll(
          cells,
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
      completion.routing().ifPresent(blocks -> cells.add(experts(blocks, token)));
      table.row(cells);
    }
    ExplainedGroups groups = new ExplainedGroups(update);
    boolean penalised = update.batch().advantageRewards().isPresent();
    return "%s   %s %s   advantage %s   optimiser step %s\n\n"
            .formatted(
                completion.text(),
                penalised ? "score, - KL penalty" : "reward",
                groups.reward(completion),
                Numbers.brief(completion.advantage()),
                step + 1)
        + table
        + "\nlog q: the sampler's; p: the probability of the token before and after the update;"
        + "\nshare: of the token's gradient in that of the whole batch, at updates where it is"
        + " computed."
        + completion
            .routing()
            .map(blocks -> "\nexperts: those the token went through, block by block.")
            .orElse("");
  }

  /** The experts of a token, such as {@code 3+5 0+1}: those of one block, then of the next. */
  private static String experts(List<TracedRouting> blocks, int t) {
    return blocks.stream()
        .map(block -> block.experts().get(t))
        .map(chosen -> chosen.stream().map(String::valueOf).collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }

  /** The experts of a token with their gate weights, and the router's probabilities of all. */
  private String router(int t) {
    StringBuilder text = new StringBuilder();
    List<TracedRouting> blocks = completion.routing().orElse(List.of());
    for (int b = 0; b < blocks.size(); b++) {
      TracedRouting block = blocks.get(b);
      List<String> chosen = new ArrayList<>();
      for (int j = 0; j < block.experts().get(t).size(); j++) {
        String gate = Numbers.brief(block.gates().row(t).get(j));
        chosen.add("%d x %s".formatted(block.experts().get(t).get(j), gate));
      }
      text.append(
          "experts       block %d: %s; p = %s\n"
              .formatted(b, String.join(" + ", chosen), block.probabilities().row(t)));
    }
    return text.toString();
  }

  /** One token: its coefficient as a tree, and what came of it. */
  public String token(int t, TraceExplainer explainer) {
    double before = completion.oldLogProbs().get(t);
    double after = completion.afterLogProbs().get(t);
    String text =
        "token %d (%s) of %s   optimiser step %d\n\n"
                .formatted(t, symbol(t), completion.text(), step + 1)
            + explainer.coefficient(completion.row(), t, step)
            + "\nlogits        |dL/dz| = "
            + present(completion.logitGradientNorms().get(t))
            + (Double.isNaN(completion.logitGradientNorms().get(t))
                ? ": kept of the first step only, whose mini-batch is another\n"
                : " at the first step\n");
    if (completion.gradient().isPresent()) {
      TracedCompletion.Gradient gradient = completion.gradient().get();
      text +=
          "parameters    |dL/dtheta| = %s by this token alone, %s of the whole gradient\n"
              .formatted(
                  Numbers.brief(gradient.tokenNorms().get(t)),
                  ExplainedGroups.percent(gradient.tokenShares().get(t)));
    } else {
      text +=
          "parameters    gradient shares are computed in the last of every %s\n"
              .formatted(Numbers.count(header.gradientsEvery(), "update"));
    }
    return text
        + router(t)
        + "probability   %s before the update, %s after it: x %s"
            .formatted(
                Numbers.brief(Math.exp(before)),
                Numbers.brief(Math.exp(after)),
                Numbers.brief(Math.exp(after - before)));
  }

  /** The same for programs; numbers that are not finite are text. */
  public ObjectNode json(int t, TraceExplainer explainer) {
    ObjectNode node = Json.object().put("update", update.update()).put("row", completion.row());
    node.put("token", t).put("step", step + 1);
    node.set("coefficient", json(explainer.coefficient(completion.row(), t, step)));
    node.set("loss", json(explainer.loss(completion.row(), t, step)));
    node.put("old_logp", completion.oldLogProbs().get(t));
    return node.put("after_logp", completion.afterLogProbs().get(t));
  }

  private static ObjectNode json(Explanation explanation) {
    ObjectNode node = Json.object();
    if (Double.isFinite(explanation.value())) {
      node.put("value", explanation.value());
    } else {
      node.put("value", String.valueOf(explanation.value()));
    }
    node.put("symbol", explanation.symbol()).put("formula", explanation.formula());
    node.put("text", explanation.text());
    if (!explanation.parts().isEmpty()) {
      node.putArray("parts")
          .addAll(explanation.parts().stream().map(ExplainedCompletion::json).toList());
    }
    return node;
  }

  /** A dash for a number that is not there. */
  private static String present(double value) {
    return Double.isNaN(value) ? "-" : Numbers.brief(value);
  }

  private String symbol(int t) {
    return header.vocabulary().get(completion.tokens().get(t));
  }
}
