package org.grpo4j.experiment.files;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.grpo4j.experiment.CheckpointConfig;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.TraceConfig;
import org.grpo4j.experiment.config.ConfigWriter;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.evaluation.EvaluationSettings;

/** Short names for configurations: equal if and only if everything that matters is equal. */
public final class ConfigHash {

  private ConfigHash() {}

  /**
   * SHA-256 of all settings but the seed and those that change no result (name, workers and trace),
   * in hexadecimal.
   */
  public static String of(ExperimentConfig config) {
    return hash(config, config.train(), config.evaluation(), config.checkpoints());
  }

  /**
   * SHA-256 of everything an update depends on: all settings but the name, the number of workers
   * and updates, and what is measured and written in between.
   */
  public static String ofUpdates(ExperimentConfig config) {
    EvaluationSettings evaluation = new EvaluationSettings(0, 1, 1, 1, 0);
    GrpoSettings train = config.train().withUpdates(0);
    String others = hash(config, train, evaluation, new CheckpointConfig(0));
    return AtomicFiles.sha256("seed: " + config.seed() + others);
  }

  private static String hash(
      ExperimentConfig config,
      GrpoSettings train,
      EvaluationSettings evaluation,
      CheckpointConfig checkpoints) {
    Map<String, Object> alike = new HashMap<>();
    alike.put("name", "x");
    alike.put("seed", 0L);
    alike.put("workers", 0);
    alike.put("train", train);
    alike.put("evaluation", evaluation);
    alike.put("checkpoints", checkpoints);
    alike.put("trace", TraceConfig.NONE);
    String essential = ConfigWriter.write(config, alike);
    return AtomicFiles.sha256(essential + code(config.outsideClasses()));
  }

  /** The code of classes from outside, without which their names say little; often nothing. */
  private static String code(Set<Class<?>> classes) {
    return classes.stream()
        .map(type -> "sha256 of " + type.getName() + ": " + OutsideClasses.sha256(type) + "\n")
        .collect(Collectors.joining());
  }

  /** SHA-256 of everything the cold start depends on: task, model, cold start and seed. */
  static String ofColdStart(ExperimentConfig config) {
    return AtomicFiles.sha256(coldStartText(config));
  }

  /** The text that {@link #ofColdStart} is the hash of. */
  static String coldStartText(ExperimentConfig config) {
    Class<?> task = config.task().type();
    return "task: %s\nseed: %s\n".formatted(config.task().name(), config.seed())
        + section("model", config.model().getClass().getSimpleName(), (Record) config.model())
        + section("cold_start", "ColdStartConfig", config.coldStart())
        + code(OutsideClasses.isOutside(task) ? Set.of(task) : Set.of());
  }

  private static String section(String name, String kind, Record section) {
    return name + ": " + kind + "\n" + ConfigWriter.write(section);
  }
}
