package org.grpo4j.playground.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.TaskSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the playground as an experiment file describes them, and their trees as files have them.
 */
public final class ConfiguredRun {

  private ConfiguredRun() {}

  /** The configuration in a file with this text. */
  public static ExperimentConfig parse(String yaml) {
    return new ExperimentFiles(List.of(), OutsideClasses.NONE).parse(yaml, "test.yaml");
  }

  /** As files write it: integers without a point. */
  public static JsonNode json(Object tree) throws IOException {
    return Json.parse(new ObjectMapper().writeValueAsString(plain(tree)));
  }

  private static @Nullable Object plain(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, value) -> copy.put(name, plain(value)));
      return copy;
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    if (tree instanceof TokenTable table) {
      return IntStream.range(0, table.rows()).mapToObj(i -> plain(table.row(i))).toList();
    }
    if (tree instanceof DoubleVector vector) {
      return Arrays.stream(vector.toArray()).mapToObj(ConfiguredRun::number).toList();
    }
    return tree;
  }

  private static Object number(double value) {
    boolean isInteger = value == Math.rint(value) && 1 / value != Double.NEGATIVE_INFINITY;
    return isInteger ? (Object) (int) value : value;
  }

  /** The run of the playground that this configuration describes. */
  public static RunSettings settings(ExperimentConfig config) {
    TaskSource task = Catalogue.task(config.task().name());
    boolean isTable = config.model().getClass().getSimpleName().equals("Table");
    Optional<RunSettings.Critic> critic =
        config.critic().isPresent()
            ? Optional.of(
                new RunSettings.Critic(
                    config.critic().changesPolicy(), config.critic().settings(config.train())))
            : Optional.empty();
    return new RunSettings(
        config.name(),
        config.task().name(),
        task,
        isTable ? Catalogue.Model.TABLE : Catalogue.Model.TRANSFORMER,
        config.seed(),
        config.coldStart(),
        config.train(),
        config.advantage(),
        config.objective().objective(),
        critic,
        config.reward().parts().stream()
            .map(part -> new WeightedReward.Term(part.rule().make(task), part.weight()))
            .toList());
  }
}
