package org.grpo4j.experiment;

import org.grpo4j.declare.Setting;

/** The amount of every update that is written to {@code trace/}. */
public record TraceConfig(
    @Setting(
            value =
                "Groups of every update that are written to the trace with every number, those"
                    + " whose rewards differ first; 0 writes no trace.",
            byDefault = "2",
            range = "[0, 4096]",
            unit = "groups")
        int groups,
    @Setting(
            value =
                "The share of each traced completion and token in the parameter gradient is"
                    + " computed in the last of every so many updates; 0 for never. It costs a"
                    + " backward pass for every traced token.",
            byDefault = "50",
            range = "[0, 1000000]",
            unit = "updates")
        int gradientsEvery) {

  /** No trace. */
  public static final TraceConfig NONE = new TraceConfig(0, 0);
}
