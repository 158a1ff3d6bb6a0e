package org.grpo4j.experiment;

import org.grpo4j.declare.Setting;
import org.grpo4j.math.Require;

/**
 * Another run as an input of this one, with the same seed and in the same directory of runs. A run
 * follows from its configuration and seed to the last bit, so the hash of its configuration, which
 * has those of its own inputs in it, says all that it depends on.
 *
 * @param config SHA-256 of its configuration; empty as long as nobody has looked it up
 */
public record RunReference(
    @Setting("The name of the run: a stage of the pipeline, or what an experiment is called.")
        String stage,
    @Setting(
            value =
                "SHA-256 of its configuration, as its manifest has it. Not given: that of the stage"
                    + " of the pipeline, or of the newest finished run of that name and seed.",
            byDefault = "\"\"")
        String config) {

  public RunReference {
    Require.that(!stage.isBlank(), "stage: must not be blank");
    Require.that(
        config.matches("|[0-9a-f]{64}"),
        "config: must be 64 hexadecimal digits, got \"" + config + "\"");
  }

  /** Whether it is known which configuration is meant. */
  public boolean isResolved() {
    return !config.isEmpty();
  }

  /** The same with the hash of the run's configuration. */
  public RunReference resolved(String hash) {
    return new RunReference(stage, hash);
  }
}
