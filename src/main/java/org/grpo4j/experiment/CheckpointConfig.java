package org.grpo4j.experiment;

import org.grpo4j.declare.Setting;

/**
 * The times at which the state of training is written to disk; at the beginning and the end it
 * always is.
 */
public record CheckpointConfig(
    @Setting(
            value = "How often a checkpoint is written; 0 for only at the beginning and the end.",
            byDefault = "50",
            range = "[0, 1000000]",
            unit = "updates")
        int every) {}
