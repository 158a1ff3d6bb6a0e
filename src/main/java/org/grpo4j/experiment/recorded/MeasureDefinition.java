package org.grpo4j.experiment.recorded;

import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.comparison.Measure;
import org.grpo4j.experiment.comparison.MeasureSource;
import org.grpo4j.math.Require;

/**
 * A measure of a definition file.
 *
 * @param name what bands call it
 * @param title what tables call it
 * @param source how it is found
 */
public record MeasureDefinition(
    @Setting("What bands call it.") String name,
    @Setting("What tables call it.") String title,
    @Setting("How it is found.") MeasureSource source) {

  public MeasureDefinition {
    Require.that(!name.isBlank(), "name: must not be blank");
  }

  Measure measure() {
    return new Measure(name, title, source, false);
  }
}
