package org.grpo4j.experiment.comparison;

import java.util.List;

/**
 * A number of {@code summary.json}.
 *
 * @param key its name, such as {@code eval/pass@1}
 */
public record SummaryValue(String key) implements MeasureSource {

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    return run.summary(key).orElse(Double.NaN);
  }
}
