package org.grpo4j.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

/** Requests at random over all variants of all columns and their parameters. */
final class RandomRequests {

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
    List<Integer> lossTokens = new ArrayList<>();
    List<WhatIfRow> given = new ArrayList<>();
    boolean all = random.nextInt(3) == 0;
    for (int row = 0; row < rows; row++) {
      rewards[row] = reward();
      greedy[row] = random.nextInt(3) / 2.0;
      traced[row] = 2 * random.nextDouble() - 1;
      groups[row] = random.nextInt(3);
      lossTokens.add(random.nextInt(6));
      if (all || random.nextInt(2) == 0) {
        given.add(row(row));
      }
    }
    return new WhatIfRequest(
        new WhatIfSettings(advantage(), objective()),
        DoubleVector.of(rewards),
        RowGroups.of(groups),
        lossTokens,
        Optional.of(DoubleVector.of(traced)),
        Optional.of(DoubleVector.of(greedy)),
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

  private WhatIfRow row(int row) {
    int tokens = random.nextInt(6);
    double[] mask = new double[tokens];
    double[] old = new double[tokens];
    double[] current = new double[tokens];
    double[] reference = new double[tokens];
    double[] entropies = new double[tokens];
    double[] factors = new double[tokens];
    double reach = random.nextInt(8) == 0 ? 30 : random.nextInt(3);
    for (int t = 0; t < tokens; t++) {
      mask[t] = random.nextInt(5) == 0 ? 0 : 1;
      old[t] = -8 * random.nextDouble() * random.nextDouble();
      current[t] = Math.min(0, old[t] + reach * (random.nextDouble() - 0.5));
      reference[t] = random.nextInt(4) == 0 ? current[t] : -6 * random.nextDouble();
      entropies[t] = 2 * random.nextDouble();
      factors[t] = random.nextInt(4) == 0 ? 0 : 2 * random.nextDouble();
    }
    boolean weighed = random.nextInt(3) == 0;
    return new WhatIfRow(
        row,
        DoubleVector.of(mask),
        DoubleVector.of(old),
        DoubleVector.of(current),
        Optional.of(DoubleVector.of(reference)),
        Optional.of(DoubleVector.of(entropies)),
        Optional.empty(),
        weighed ? Optional.of(DoubleVector.of(factors)) : Optional.empty(),
        Optional.empty());
  }

  private SettingValues advantage() {
    return choose(SettingValues.defaults(), AdvantageColumn.COLUMN);
  }

  private SettingValues objective() {
    SettingValues values = choose(SettingValues.defaults(), SurrogateColumn.COLUMN);
    values = choose(values, RatioLevelColumn.COLUMN);
    values = choose(values, AggregationColumn.COLUMN);
    for (Parameter parameter : ObjectiveColumns.PARAMETERS) {
      if (random.nextInt(3) == 0) {
        values = set(values, parameter);
      }
    }
    return values;
  }

  private <T> SettingValues choose(SettingValues values, Column<T> column) {
    Variant<T> variant = column.variants().get(random.nextInt(column.variants().size()));
    SettingValues chosen = values.with(column.name(), variant.id());
    for (Parameter parameter : variant.parameters()) {
      if (random.nextBoolean()) {
        chosen = set(chosen, parameter);
      }
    }
    return chosen;
  }

  private SettingValues set(SettingValues values, Parameter parameter) {
    if (parameter instanceof ChoiceParameter choice) {
      List<String> options = choice.options();
      return values.with(choice.name(), options.get(random.nextInt(options.size())));
    }
    NumberParameter number = (NumberParameter) parameter;
    double value = 0.01 + random.nextDouble() * 4;
    // Bounds of a pair in the right order.
    value = number.name().equals("maxRatio") ? value + 6 : value;
    value = number.name().equals("lowestSum") ? value - 6 : value;
    while (!number.bounds().contains(value)) {
      value = value > 1 ? value / 2 : value + 1;
    }
    return values.with(number.name(), value);
  }
}
