package org.grpo4j.experiment.recorded;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.experiment.comparison.ComparedExperiment;
import org.grpo4j.experiment.comparison.Comparison;
import org.grpo4j.experiment.files.Json;

/**
 * The numbers of an experiment with their provenance: the file {@code <name>.json} beside its
 * definition.
 *
 * @param name name of the experiment
 * @param recordedAt when, in UTC
 * @param programs versions of the program that made the runs
 * @param machines processors the runs were made on
 * @param configHashes hash of each variant's configuration
 * @param settings each variant's configuration, flat: {@code train.group_size} to {@code 8}
 * @param values the numbers: measure, variant, seed
 */
public record RecordedResult(
    String name,
    String recordedAt,
    List<String> programs,
    List<String> machines,
    @JsonProperty("config_sha256") Map<String, String> configHashes,
    Map<String, Map<String, String>> settings,
    Map<String, Map<String, Map<Long, Double>>> values) {

  /** In the first schema every variant had all its settings. */
  private static final int WHOLE_SETTINGS = 1;

  private static final int SCHEMA = 2;

  /** Computed of the numbers, so not read. */
  private static final String STATISTICS = "statistics";

  /** The value of a setting that the first variant has and another has not. */
  private static final String ABSENT = "-";

  public RecordedResult {
    programs = List.copyOf(programs);
    machines = List.copyOf(machines);
    configHashes = new LinkedHashMap<>(configHashes);
    settings = new LinkedHashMap<>(settings);
    values = new LinkedHashMap<>(values);
  }

  /** The numbers of {@code comparison}. */
  public static RecordedResult of(String name, String recordedAt, Comparison comparison) {
    List<String> programs = new ArrayList<>();
    List<String> machines = new ArrayList<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    for (ComparedExperiment experiment : comparison.experiments()) {
      experiment.runs().forEach(run -> programs.add(run.provenance().program()));
      experiment.runs().forEach(run -> machines.add(run.provenance().machine()));
      hashes.put(experiment.name(), experiment.runs().get(0).provenance().configHash());
      settings.put(experiment.name(), essential(experiment.runs().get(0).settings()));
    }
    return new RecordedResult(
        name,
        recordedAt,
        programs.stream().distinct().sorted().toList(),
        machines.stream().distinct().sorted().toList(),
        hashes,
        settings,
        SeedTable.of(comparison).values());
  }

  /**
   * This record with the measures that only {@code fresh} has: for runs whose other numbers came
   * out the same to the last bit. Its own numbers stay, also costs and seconds, and the programs of
   * both are named.
   */
  public RecordedResult completedWith(RecordedResult fresh) {
    Map<String, Map<String, Map<Long, Double>>> all = new LinkedHashMap<>(values);
    fresh.values.forEach(all::putIfAbsent);
    return new RecordedResult(
        name,
        recordedAt,
        Stream.concat(programs.stream(), fresh.programs.stream()).distinct().toList(),
        Stream.concat(machines.stream(), fresh.machines.stream()).distinct().toList(),
        configHashes,
        settings,
        all);
  }

  /** The settings without those in which runs of one variant differ. */
  static Map<String, String> essential(Map<String, String> settings) {
    Map<String, String> essential = new LinkedHashMap<>(settings);
    essential.keySet().removeAll(Set.of("name", "seed", "workers"));
    return essential;
  }

  /** The numbers for bands to be judged by. */
  public SeedTable table() {
    return new SeedTable(List.copyOf(configHashes.keySet()), values);
  }

  /** The first variant whole, of the others what is different. */
  private static Map<String, Map<String, String>> shortened(
      Map<String, Map<String, String>> settings) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    Map<String, String> first = settings.isEmpty() ? Map.of() : settings.values().iterator().next();
    settings.forEach(
        (variant, ofVariant) -> {
          Map<String, String> different = new LinkedHashMap<>(ofVariant);
          if (!all.isEmpty()) {
            different.entrySet().removeIf(one -> one.getValue().equals(first.get(one.getKey())));
            first.keySet().stream()
                .filter(key -> !ofVariant.containsKey(key))
                .forEach(key -> different.put(key, ABSENT));
          }
          all.put(variant, different);
        });
    return all;
  }

  /** The settings of every variant, whole again. */
  private RecordedResult completed() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    Map<String, String> first = settings.isEmpty() ? Map.of() : settings.values().iterator().next();
    settings.forEach(
        (variant, different) -> {
          Map<String, String> whole = new LinkedHashMap<>(first);
          whole.putAll(different);
          whole.values().removeIf(ABSENT::equals);
          all.put(variant, whole);
        });
    return with(all);
  }

  private RecordedResult with(Map<String, Map<String, String>> otherSettings) {
    return new RecordedResult(
        name, recordedAt, programs, machines, configHashes, otherSettings, values);
  }

  /**
   * The text of the file.
   *
   * @param statistics what was computed of the numbers; left out if it is empty
   */
  public String toJson(List<BandResult> bands, ObjectNode statistics) {
    ObjectNode root = Json.object().put("schema", SCHEMA);
    root.setAll(Json.tree(with(shortened(settings))));
    JsonNode numbers = root.remove("values");
    ArrayNode bandNodes = root.putArray("bands");
    bands.forEach(band -> bandNodes.add(Json.tree(band).without("values")));
    if (!statistics.isEmpty()) {
      root.set(STATISTICS, statistics);
    }
    root.set("values", numbers);
    return root.toPrettyString() + "\n";
  }

  /**
   * The result in {@code file}.
   *
   * @throws IOException if it is not there or is no recorded result; the message names it
   */
  public static RecordedResult read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": there is no recorded result; make one with --record");
    }
    JsonNode root = Json.parse(Files.readString(file));
    int schema = root.path("schema").asInt();
    if ((schema != SCHEMA && schema != WHOLE_SETTINGS) || !root.path("values").isObject()) {
      throw new IOException(file + ": is not a recorded result of schema " + SCHEMA);
    }
    try {
      RecordedResult read =
          Json.record(
              ((ObjectNode) root).without(List.of("schema", "bands", STATISTICS)),
              RecordedResult.class);
      return schema == WHOLE_SETTINGS ? read : read.completed();
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }
}
