package org.grpo4j.report.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.ObjectiveConfig;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigSource;
import org.grpo4j.experiment.config.RecordBinder;

/** The settings of a run by their dotted names, as {@code config.yaml} has them. */
final class RunSettings {

  /**
   * The algorithm of a run, apart from everything else of its experiment.
   *
   * @param advantage how rewards become advantages
   * @param objective how advantages become a loss
   */
  public record Algorithm(
      @Setting(value = "How rewards become advantages.", byDefault = "group-relative")
          AdvantageEstimator advantage,
      @Setting("How advantages become a loss.") ObjectiveConfig objective) {}

  private RunSettings() {}

  /** {@code {train.group_size=8, objective.surrogate.kind=clip, …}} in the order of the file. */
  static Map<String, String> flat(Path config) {
    return new ConfigSource(List.of()).file(config).flat();
  }

  /**
   * The algorithm in {@code config.yaml}.
   *
   * @param estimator whether to read the estimator too; otherwise it is the default
   * @throws org.grpo4j.experiment.config.ConfigException if this version cannot read it, or some of
   *     it is from outside
   */
  static Algorithm algorithm(Path config, boolean estimator) {
    ConfigNode.Section section = new ConfigSource(List.of()).file(config);
    for (String key : List.copyOf(section.entries().keySet())) {
      boolean kept = key.equals("objective") || (key.equals("advantage") && estimator);
      section = kept ? section : section.without(key);
    }
    return RecordBinder.bind(section, Algorithm.class);
  }
}
