package org.grpo4j.experiment.comparison;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;

/**
 * A number of {@code summary.json}.
 *
 * @param key its name, such as {@code eval/pass@1}
 */
@Kind(value = "summary", description = "A number of `summary.json`.")
public record SummaryValue(@Setting("Its key, such as eval/pass@1.") String key)
    implements MeasureSource {

  @Override
  public String column() {
    return key;
  }

  @Override
  public double of(FinishedRun run, List<FinishedRun> all) {
    return run.summary(key).orElse(Double.NaN);
  }
}
