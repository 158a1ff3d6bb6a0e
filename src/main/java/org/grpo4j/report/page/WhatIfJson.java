package org.grpo4j.report.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.whatif.AdvantageColumn;
import org.grpo4j.whatif.AggregationColumn;
import org.grpo4j.whatif.Column;
import org.grpo4j.whatif.RatioLevelColumn;
import org.grpo4j.whatif.SurrogateColumn;

/**
 * The settings of a run as the recomputing core takes them. Names are those of the experiment file
 * in camel case; what the core cannot compute from rewards (a critic, a penalty in the reward) is
 * taken from the trace instead.
 */
final class WhatIfJson {

  /** The estimator that looks at the reward of each token, where a penalty may be. */
  private static final String BY_TOKEN = "reinforce-plus-plus";

  private final Map<String, String> settings;

  private WhatIfJson(Map<String, String> settings) {
    this.settings = settings;
  }

  /**
   * Adds {@code what_if} to the data of a run; not if the core does not have a part of the run's
   * objective, without which nothing can be recomputed.
   */
  static void put(ObjectNode run, Map<String, String> settings) {
    WhatIfJson made = new WhatIfJson(settings);
    if (!made.coreHas(SurrogateColumn.COLUMN, "objective.surrogate")
        || !made.coreHas(RatioLevelColumn.COLUMN, "objective.ratio_level")
        || !made.coreHas(AggregationColumn.COLUMN, "objective.aggregation")) {
      return;
    }
    ObjectNode whatIf = run.putObject("what_if");
    made.putAdvantage(whatIf.putObject("advantage"));
    made.putObjective(whatIf.putObject("objective"));
  }

  /** Whether the core has what the run chose; a choice that was left out is one it has. */
  private boolean coreHas(Column<?> column, String key) {
    String kind = kind(key).orElse("");
    return kind.isEmpty()
        || column.variants().stream().anyMatch(variant -> variant.id().equals(kind));
  }

  private void putAdvantage(ObjectNode node) {
    String kind = kind("advantage").orElse("group-relative");
    boolean penaltyInReward = kind("objective.kl").orElse("none").equals("reward");
    if (!coreHas(AdvantageColumn.COLUMN, "advantage")
        || (penaltyInReward && kind.equals(BY_TOKEN))) {
      node.put("estimator", AdvantageColumn.AS_TRACED);
      return;
    }
    node.put("estimator", kind);
    putAll(node, "advantage.", "");
    kind("advantage.whitening").ifPresent(whitening -> putWhitening(node, whitening));
  }

  private void putWhitening(ObjectNode node, String whitening) {
    node.put("whitening", whitening);
    copy("advantage.whitening.deviation", node, "whiteningDeviation");
    copy("advantage.whitening.epsilon", node, "whiteningEpsilon");
    copy("advantage.whitening.epsilon_placement", node, "whiteningEpsilonPlacement");
  }

  private void putObjective(ObjectNode node) {
    for (String column : List.of("surrogate", "ratio_level", "aggregation")) {
      kind("objective." + column).ifPresent(kind -> node.put(camel(column), kind));
      putAll(node, "objective." + column + ".", "");
    }
    copy("objective.entropy_coefficient", node, "entropyCoefficient");
    copy("objective.log_ratio_bound", node, "logRatioBound");
    if (kind("objective.kl").orElse("none").equals("loss")) {
      copy("objective.kl.coefficient", node, "beta");
      copy("objective.kl.estimator", node, "klEstimator");
      copy("objective.kl.ratio_weighted", node, "klRatioWeighted");
      copy("objective.kl.log_bound", node, "klLogBound");
      copy("objective.kl.value_bound", node, "klValueBound");
    }
  }

  /** A section says its kind in {@code kind}; one without further settings is only its kind. */
  private Optional<String> kind(String section) {
    return Optional.ofNullable(settings.getOrDefault(section + ".kind", settings.get(section)));
  }

  /** All scalars directly in a section. */
  private void putAll(ObjectNode node, String prefix, String newPrefix) {
    for (String key : settings.keySet()) {
      if (key.startsWith(prefix)) {
        String name = key.substring(prefix.length());
        if (!name.equals("kind") && !name.contains(".") && !name.equals("whitening")) {
          copy(key, node, newPrefix + camel(name));
        }
      }
    }
  }

  private void copy(String key, ObjectNode node, String name) {
    String value = settings.get(key);
    if (value == null || (value.equals("none") && name.endsWith("Bound"))) {
      return;
    }
    try {
      node.put(name, Double.parseDouble(value));
    } catch (NumberFormatException e) {
      node.put(name, value);
    }
  }

  /** {@code std_epsilon} as {@code stdEpsilon}. */
  static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
