package org.grpo4j.whatif;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.experiment.config.Interval;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.report.page.WhatIfJson;

/** Requests at random over all variants of all columns and their parameters. */
final class RandomRequests {

  private static final JsonNode CHOICES = WhatIfJson.choices();
  private static final double[] REWARDS = {0, 1, 0.1, -0.5, 1.0 / 3};

  private final SplittableRandom random;

  RandomRequests(long seed) {
    this.random = new SplittableRandom(seed);
  }

  WhatIfRequest next() {
    int rows = 1 + random.nextInt(9);
    double[] rewards = new double[rows];
    double[] greedy = new double[rows];
    double[] traced = new double[rows];
    int[] groups = new int[rows];
    List<DoubleVector> mask = new ArrayList<>();
    List<WhatIfRow> given = new ArrayList<>();
    boolean all = random.nextInt(3) == 0;
    for (int row = 0; row < rows; row++) {
      rewards[row] = reward();
      greedy[row] = random.nextInt(3) / 2.0;
      traced[row] = 2 * random.nextDouble() - 1;
      groups[row] = random.nextInt(3);
      mask.add(DoubleVector.constant(random.nextInt(6), 1));
      if (all || random.nextInt(2) == 0) {
        mask.set(row, someTokens());
        given.add(row(row, mask.get(row).size()));
      }
    }
    AdvantageInputs inputs =
        AdvantageInputs.of(DoubleVector.of(rewards), RowGroups.of(groups), TokenTable.of(mask))
            .withGreedyRewards(DoubleVector.of(greedy));
    return new WhatIfRequest(
        estimator(),
        objective(),
        random.nextInt(4) == 0 ? inputs.withScores(DoubleVector.of(traced)) : inputs,
        Optional.of(DoubleVector.of(traced)),
        random.nextInt(4) == 0 ? Optional.of(someOf(rows)) : Optional.empty(),
        given);
  }

  private double reward() {
    int kind = random.nextInt(12);
    return kind == 0
        ? Double.NaN
        : kind < 4 ? 3 * random.nextDouble() - 1 : REWARDS[random.nextInt(REWARDS.length)];
  }

  private List<Integer> someOf(int rows) {
    List<Integer> some = new ArrayList<>();
    for (int row = rows - 1; row >= 0; row--) {
      if (random.nextBoolean()) {
        some.add(row);
      }
    }
    return some;
  }

  private DoubleVector someTokens() {
    double[] mask = new double[random.nextInt(6)];
    for (int t = 0; t < mask.length; t++) {
      mask[t] = random.nextInt(5) == 0 ? 0 : 1;
    }
    return DoubleVector.of(mask);
  }

  private WhatIfRow row(int row, int tokens) {
    double[] old = new double[tokens];
    double[] current = new double[tokens];
    double[] reference = new double[tokens];
    double[] entropies = new double[tokens];
    double[] factors = new double[tokens];
    double reach = random.nextInt(8) == 0 ? 30 : random.nextInt(3);
    for (int t = 0; t < tokens; t++) {
      old[t] = -8 * random.nextDouble() * random.nextDouble();
      current[t] = Math.min(0, old[t] + reach * (random.nextDouble() - 0.5));
      reference[t] = random.nextInt(4) == 0 ? current[t] : -6 * random.nextDouble();
      entropies[t] = 2 * random.nextDouble();
      factors[t] = random.nextInt(4) == 0 ? 0 : 2 * random.nextDouble();
    }
    boolean weighed = random.nextInt(3) == 0;
    return new WhatIfRow(
        row,
        DoubleVector.of(old),
        DoubleVector.of(current),
        Optional.of(DoubleVector.of(reference)),
        Optional.of(DoubleVector.of(entropies)),
        Optional.empty(),
        weighed ? Optional.of(DoubleVector.of(factors)) : Optional.empty(),
        Optional.empty(),
        random.nextInt(3) == 0 ? Optional.of(DoubleVector.of(factors)) : Optional.empty());
  }

  private Optional<AdvantageEstimator> estimator() {
    Values values = new Values();
    choose(values, "estimator");
    return Variants.estimator(values);
  }

  private GrpoObjective objective() {
    Values values = new Values();
    choose(values, "surrogate");
    choose(values, "ratioLevel");
    choose(values, "aggregation");
    for (JsonNode parameter : CHOICES.get("parameters")) {
      set(values, parameter);
    }
    return Variants.objective(values);
  }

  private void choose(Values values, String column) {
    JsonNode variant = CHOICES.get(column).get(random.nextInt(CHOICES.get(column).size()));
    values.with(column, variant.get("id").asText());
    for (JsonNode parameter : variant.get("parameters")) {
      set(values, parameter);
    }
  }

  private void set(Values values, JsonNode parameter) {
    String name = parameter.get("name").asText();
    JsonNode standard = parameter.path("default");
    boolean byDefault = random.nextBoolean();
    if (parameter.has("options")) {
      JsonNode options = parameter.get("options");
      values.with(
          name,
          byDefault ? standard.asText() : options.get(random.nextInt(options.size())).asText());
    } else if (!byDefault || !name.endsWith("Bound") || standard.isNumber()) {
      values.with(name, byDefault && standard.isNumber() ? standard.asDouble() : number(parameter));
    }
  }

  private double number(JsonNode parameter) {
    String name = parameter.get("name").asText();
    double value = 0.01 + random.nextDouble() * 4;
    // Bounds of a pair in the right order.
    value = name.equals("maxRatio") ? value + 6 : value;
    value = name.equals("lowestSum") ? value - 6 : value;
    Interval range = Interval.parse(parameter.get("bounds").asText());
    while (!range.contains(value)) {
      value = value > 1 ? value / 2 : value + 1;
    }
    return value;
  }
}
