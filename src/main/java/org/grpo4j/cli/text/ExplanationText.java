package org.grpo4j.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.Explanation;

/** An explanation for programs. */
public final class ExplanationText {

  private ExplanationText() {}

  /**
   * {@code {"value":…,"symbol":…,"formula":…,"text":…,"parts":[…]}}; numbers that are not finite
   * are text.
   */
  public static ObjectNode json(Explanation explanation) {
    ObjectNode node = Json.object();
    double value = explanation.value();
    if (Double.isFinite(value)) {
      node.put("value", value);
    } else {
      node.put("value", String.valueOf(value));
    }
    node.put("symbol", explanation.symbol());
    node.put("formula", explanation.formula());
    node.put("text", explanation.text());
    if (!explanation.parts().isEmpty()) {
      ArrayNode parts = node.putArray("parts");
      explanation.parts().forEach(part -> parts.add(json(part)));
    }
    return node;
  }
}
