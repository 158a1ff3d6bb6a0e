package org.grpo4j.experiment.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.reward.RewardFunction;

/**
 * Experiments nobody would write: every setting is left out or drawn from its own range, edges
 * included, and whole numbers stay small, so that a run takes a moment.
 */
final class RandomSettings {

  private static final Set<String> NEED_OTHER_RUNS =
      Set.of("start", "examples", "teachers", "subnetwork");
  private static final int SMALL = 5;
  private static final double[] CANDIDATES = {-1, 0, 1e-9, 0.3, 1, 1.5, 7};

  /** What most values of the others do not go with; or everything would be refused. */
  private static final List<String> OFTEN_DEFAULT =
      List.of(
          "critic",
          "covariance",
          "max_new_tokens",
          "reference_refresh_every",
          "mini_batches",
          "entropy_controller",
          "experts",
          "sampler",
          "sampler_correction_lower_bound");

  private final SplittableRandom random;

  RandomSettings(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** An experiment file, one line for each section. */
  String file() {
    StringBuilder text = new StringBuilder("name: fuzz\nworkers: 1\n");
    text.append("task: ").append(pick(List.of("digit-sum-mod10", "addc"))).append('\n');
    for (Settings.Entry setting : Settings.of(ExperimentConfig.class)) {
      if (!List.of("name", "workers", "task", "seed").contains(setting.key())) {
        text.append(setting.key()).append(": ").append(value(setting)).append('\n');
      }
    }
    return text.toString();
  }

  private String value(Settings.Entry setting) {
    Class<?> type = setting.type();
    if (OFTEN_DEFAULT.contains(setting.key()) && random.nextInt(5) > 0) {
      return setting.annotation().byDefault();
    }
    if (NEED_OTHER_RUNS.contains(setting.key())) {
      return setting.annotation().byDefault();
    }
    if (setting.key().equals("parts")) {
      String weight = pick(List.of("1", "-1", "0"));
      return "[{name: "
          + pick(List.copyOf(DefaultKinds.all(RewardFunction.class).keySet()))
          + ", weight: "
          + weight
          + "}]";
    }
    if (setting.isChoice()) {
      Map.Entry<String, Class<?>> kind = pick(List.copyOf(setting.kinds().entrySet()));
      if (kind.getKey().equals(Settings.NONE)) {
        return Settings.NONE;
      }
      String text = section(kind.getValue(), "kind: " + kind.getKey());
      return text.replaceAll("heads: \\d", "heads: 1");
    }
    if (setting.isSection()) {
      return section(type, "");
    }
    if (type.isEnum()) {
      return Settings.constant((Enum<?>) pick(List.of(type.getEnumConstants())));
    }
    if (type == boolean.class) {
      return String.valueOf(random.nextBoolean());
    }
    Interval range = Interval.parse(setting.annotation().range());
    if (type == int.class) {
      return String.valueOf((int) Math.max(range.lower(), random.nextInt(SMALL + 1)));
    }
    return type == OptionalDouble.class && random.nextInt(3) == 0 ? "none" : number(range);
  }

  private String number(Interval range) {
    List<Double> allowed = new ArrayList<>(List.of(range.lower(), range.upper()));
    for (double candidate : CANDIDATES) {
      allowed.add(candidate);
    }
    allowed.removeIf(candidate -> !Double.isFinite(candidate) || !range.contains(candidate));
    return ConfigWriter.number(pick(allowed));
  }

  /** Half of the settings that need not be given are not. */
  private String section(Class<?> record, String first) {
    List<String> settings = new ArrayList<>();
    if (!first.isEmpty()) {
      settings.add(first);
    }
    for (Settings.Entry setting : Settings.of(record)) {
      boolean count = setting.type() == int.class; // defaults are too large for a test
      boolean required = setting.annotation().byDefault().isEmpty();
      if (count || required || random.nextBoolean()) {
        settings.add(setting.key() + ": " + value(setting));
      }
    }
    return "{" + String.join(", ", settings) + "}";
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
