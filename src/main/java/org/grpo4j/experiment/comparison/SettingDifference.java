package org.grpo4j.experiment.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A setting in which the experiments differ: what tells the algorithms apart.
 *
 * @param key its name, such as {@code advantage.kind}
 * @param values one an experiment; empty if it has no such setting
 */
public record SettingDifference(String key, List<String> values) {

  /**
   * Not what is compared: the name, what differs between runs of one experiment, and how it runs.
   */
  private static final Set<String> LEFT_OUT = Set.of("name", "seed", "workers");

  /** The columns in which algorithms differ come first. */
  private static final List<String> FIRST = List.of("advantage", "objective", "reward", "train");

  public SettingDifference {
    values = List.copyOf(values);
  }

  /** The differences among these experiments, going by the first run of each. */
  static List<SettingDifference> among(List<ComparedExperiment> experiments) {
    List<Map<String, String>> settings =
        experiments.stream()
            .map(e -> e.runs().isEmpty() ? Map.<String, String>of() : e.runs().get(0).settings())
            .toList();
    Set<String> keys = new LinkedHashSet<>();
    settings.forEach(one -> keys.addAll(one.keySet()));
    keys.removeAll(LEFT_OUT);
    List<SettingDifference> differences = new ArrayList<>();
    for (String key : keys) {
      List<String> values = settings.stream().map(one -> one.getOrDefault(key, "")).toList();
      if (values.stream().distinct().count() > 1) {
        differences.add(new SettingDifference(key, values));
      }
    }
    differences.sort((one, other) -> Integer.compare(rank(one.key()), rank(other.key())));
    return differences;
  }

  private static int rank(String key) {
    int dot = key.indexOf('.');
    int rank = FIRST.indexOf(dot < 0 ? key : key.substring(0, dot));
    return rank < 0 ? FIRST.size() : rank;
  }
}
