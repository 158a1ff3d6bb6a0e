package org.grpo4j.whatif;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.objective.GrpoObjective;

/**
 * The algorithm to compute with.
 *
 * @param advantage {@code estimator} and its parameters, see {@link AdvantageColumn}
 * @param objective {@code surrogate}, {@code ratioLevel}, {@code aggregation}, their parameters and
 *     {@link ObjectiveColumns#PARAMETERS}
 */
public record WhatIfSettings(SettingValues advantage, SettingValues objective) {

  public WhatIfSettings {
    requireKnown("advantage", advantage, AdvantageColumn.COLUMN.settingNames());
    requireKnown("objective", objective, ObjectiveColumns.settingNames());
  }

  /** Every setting at its default: GRPO with clip range 0.2 and no divergence term. */
  public static WhatIfSettings defaults() {
    return new WhatIfSettings(SettingValues.defaults(), SettingValues.defaults());
  }

  /** The estimator; empty to take the advantages of the trace. */
  public Optional<AdvantageEstimator> estimator() {
    return AdvantageColumn.COLUMN.in(advantage);
  }

  /** The objective. */
  public GrpoObjective grpoObjective() {
    return ObjectiveColumns.objective(objective);
  }

  /** A setting of another variant does no harm; one that nobody knows is a slip of the pen. */
  private static void requireKnown(String side, SettingValues values, List<String> known) {
    for (String name : values.names()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            side + "." + name + ": is no setting; there are " + Ids.list(distinct(known)));
      }
    }
  }

  private static List<String> distinct(List<String> names) {
    return List.copyOf(new LinkedHashSet<>(names));
  }
}
