package org.grpo4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what a check computed with what a case expects. */
final class Comparison {

  private final double absoluteTolerance;
  private final double relativeTolerance;
  private final List<String> differences = new ArrayList<>();

  private Comparison(VectorCase vectorCase) {
    this.absoluteTolerance = vectorCase.absoluteTolerance();
    this.relativeTolerance = vectorCase.relativeTolerance();
  }

  /** Every place where they differ: {@code advantages[2]: expected 0.5, got 0.6}. */
  static List<String> differences(VectorCase vectorCase, Answers answers) {
    Comparison comparison = new Comparison(vectorCase);
    comparison.compare("", vectorCase.expected(), answers.json());
    return List.copyOf(comparison.differences);
  }

  private void compare(String path, JsonNode want, JsonNode got) {
    if (got.isMissingNode()) {
      differences.add(path + ": not computed");
    } else if (want.isObject()) {
      for (Map.Entry<String, JsonNode> entry : want.properties()) {
        String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        compare(key, entry.getValue(), got.path(entry.getKey()));
      }
    } else if (want.isArray()) {
      compareArrays(path, want, got);
    } else if (want.isTextual() || got.isTextual()) {
      differ(path, want, got, want.asText().equals(got.asText()));
    } else if (want.isNull()) {
      differ(path, want, got, Double.isNaN(got.asDouble()));
    } else {
      differ(path, want, got, close(number(want), number(got)));
    }
  }

  private void compareArrays(String path, JsonNode want, JsonNode got) {
    if (!got.isArray() || got.size() != want.size()) {
      differences.add(path + ": expected " + want.size() + " entries, got " + got);
      return;
    }
    for (int i = 0; i < want.size(); i++) {
      compare(path + "[" + i + "]", want.get(i), got.get(i));
    }
  }

  private void differ(String path, JsonNode want, JsonNode got, boolean equal) {
    if (!equal) {
      differences.add(path + ": expected " + want + ", got " + got);
    }
  }

  private boolean close(double want, double got) {
    return Math.abs(got - want) <= absoluteTolerance + relativeTolerance * Math.abs(want);
  }

  private static double number(JsonNode node) {
    if (node.isBoolean()) {
      return node.asBoolean() ? 1 : 0;
    }
    return node.isNumber() ? node.asDouble() : Double.NaN;
  }
}
