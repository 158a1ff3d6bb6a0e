package org.grpo4j.experiment.files;

import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.TraceConfig;
import org.grpo4j.experiment.config.ConfigWriter;

/** Short names for configurations: equal if and only if everything that matters is equal. */
public final class ConfigHash {

  private ConfigHash() {}

  /**
   * SHA-256 of all settings but the seed and those that change no result (name, workers and trace),
   * in hexadecimal.
   */
  public static String of(ExperimentConfig config) {
    ExperimentConfig essential =
        new ExperimentConfig(
            "x",
            config.task(),
            0,
            0,
            config.model(),
            config.coldStart(),
            config.train(),
            config.dynamicSampling(),
            config.advantage(),
            config.objective(),
            config.critic(),
            config.reward(),
            config.evaluation(),
            config.checkpoints(),
            TraceConfig.NONE);
    return AtomicFiles.sha256(ConfigWriter.write(essential));
  }

  /**
   * SHA-256 of everything an update depends on: all settings but the name, the number of workers
   * and updates, and what is measured and written on the way.
   */
  public static String ofUpdates(ExperimentConfig config) {
    return AtomicFiles.sha256(
        coldStartText(config)
            + section("train", config.train().withUpdates(0))
            + section("dynamic_sampling", config.dynamicSampling())
            + section("advantage", config.advantage())
            + section("objective", config.objective())
            + section("critic", config.critic())
            + section("reward", config.reward()));
  }

  /** SHA-256 of everything the cold start depends on: task, model, cold start and seed. */
  static String ofColdStart(ExperimentConfig config) {
    return AtomicFiles.sha256(coldStartText(config));
  }

  /** What {@link #ofColdStart} is the hash of. */
  static String coldStartText(ExperimentConfig config) {
    return "task: "
        + config.task()
        + "\nseed: "
        + config.seed()
        + "\n"
        + section("model", config.model())
        + section("cold_start", config.coldStart());
  }

  private static String section(String name, Object section) {
    return name
        + ": "
        + section.getClass().getSimpleName()
        + "\n"
        + ConfigWriter.write((Record) section);
  }
}
