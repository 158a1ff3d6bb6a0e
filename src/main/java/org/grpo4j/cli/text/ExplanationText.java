package org.grpo4j.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;

/** An explanation as a tree for people and for programs. */
public final class ExplanationText {

  private ExplanationText() {}

  /**
   * One line a number, drawn as a tree:
   *
   * <pre>
   * 0.8659  advantage A = (r - mean) / divisor = 0.5 / 0.5774
   * ├─ 0.5  r - mean = 1 - 0.5
   * └─ 0.5774  divisor
   * </pre>
   */
  static String tree(Explanation explanation) {
    StringBuilder text = new StringBuilder();
    append(text, explanation, "", "");
    return text.toString();
  }

  private static void append(
      StringBuilder text, Explanation node, String indentOfNode, String indentOfParts) {
    text.append(indentOfNode).append(Numbers.brief(node.value())).append("  ");
    text.append(node.description()).append('\n');
    List<Explanation> parts = node.parts();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      append(
          text,
          parts.get(i),
          indentOfParts + (last ? "└─ " : "├─ "),
          indentOfParts + (last ? "   " : "│  "));
    }
  }

  /** {@code {"value":…,"description":…,"parts":[…]}}; numbers that are not finite are text. */
  public static ObjectNode json(Explanation explanation) {
    ObjectNode node = Json.object();
    double value = explanation.value();
    if (Double.isFinite(value)) {
      node.put("value", value);
    } else {
      node.put("value", String.valueOf(value));
    }
    node.put("description", explanation.description());
    if (!explanation.parts().isEmpty()) {
      ArrayNode parts = node.putArray("parts");
      explanation.parts().forEach(part -> parts.add(json(part)));
    }
    return node;
  }
}
