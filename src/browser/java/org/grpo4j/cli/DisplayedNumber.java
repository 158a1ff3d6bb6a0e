package org.grpo4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.trace.TracedCompletion;
import org.grpo4j.experiment.trace.TracedTokens;

/**
 * A number as the page shows it on a token.
 *
 * @param row the completion
 * @param token the token
 * @param name which number
 * @param value the page's, with every bit
 */
record DisplayedNumber(int row, int token, String name, double value) {

  private static final String READ =
      "() => JSON.stringify([...document.querySelectorAll('[data-testid=token]')]"
          + ".filter(e => e.dataset.counts === 'true' && !e.dataset.copy)"
          + ".map(e => ({row: e.dataset.row, token: e.dataset.token, name: e.dataset.number, value: e.dataset.value})))";

  /** All that are shown now. */
  static List<DisplayedNumber> all(Page page) {
    List<DisplayedNumber> numbers = new ArrayList<>();
    for (JsonNode one : shownBy(page)) {
      numbers.add(
          new DisplayedNumber(
              one.path("row").asInt(),
              one.path("token").asInt(),
              one.path("name").asText(),
              Double.parseDouble(one.path("value").asText())));
    }
    return numbers;
  }

  private static JsonNode shownBy(Page page) {
    try {
      return new ObjectMapper().readTree((String) page.evaluate(READ));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the page's own JSON", e);
    }
  }

  /** What the run computed for it. */
  double ofRun(TracedCompletion completion, int step) {
    TracedTokens tokens = completion.steps().get(step).orElseThrow();
    double before = completion.oldLogProbs().get(token);
    double after = completion.afterLogProbs().get(token);
    return switch (name) {
      case "advantage" -> completion.advantages().get(token);
      case "coefficient" -> tokens.coefficients().get(token);
      case "ratio" -> tokens.ratios().get(token);
      case "kl" -> tokens.kl().get(token);
      case "weight" -> tokens.weights().get(token);
      case "loss" -> tokens.losses().get(token);
      case "entropy" -> completion.entropies().get(token);
      case "logit" -> completion.logitGradientNorms().get(token);
      case "share" -> completion.gradient().orElseThrow().tokenShares().get(token);
      case "probability" -> StrictMath.exp(before);
      case "change" -> StrictMath.exp(after) - StrictMath.exp(before);
      default -> throw new IllegalArgumentException("the page shows an unknown number: " + name);
    };
  }

  /** Whether the page computes it with its browser's own exponential. */
  boolean throughExponential() {
    return name.equals("probability") || name.equals("change");
  }
}
