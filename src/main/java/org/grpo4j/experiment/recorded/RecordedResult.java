package org.grpo4j.experiment.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * What an experiment gave, with where it comes from: the file {@code <name>.json} beside its
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
    Map<String, String> configHashes,
    Map<String, Map<String, String>> settings,
    Map<String, Map<String, Map<Long, Double>>> values) {

  private static final int SCHEMA = 1;

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

  /** The text of the file. */
  public String toJson(List<BandResult> bands) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("name", name);
    root.put("recorded_at", recordedAt);
    ArrayNode programNodes = root.putArray("programs");
    programs.forEach(programNodes::add);
    ArrayNode machineNodes = root.putArray("machines");
    machines.forEach(machineNodes::add);
    ObjectNode hashes = root.putObject("config_sha256");
    configHashes.forEach(hashes::put);
    ObjectNode settingNodes = root.putObject("settings");
    settings.forEach((variant, byKey) -> byKey.forEach(settingNodes.putObject(variant)::put));
    ArrayNode bandNodes = root.putArray("bands");
    for (BandResult band : bands) {
      bandNodes
          .addObject()
          .put("what", band.what())
          .put("expected", band.expected())
          .put("found", band.found())
          .put("holds", band.holds());
    }
    ObjectNode measures = root.putObject("values");
    values.forEach(
        (measure, byVariant) -> {
          ObjectNode measureNode = measures.putObject(measure);
          byVariant.forEach(
              (variant, bySeed) -> {
                ObjectNode seeds = measureNode.putObject(variant);
                bySeed.forEach((seed, value) -> seeds.put(Long.toString(seed), value));
              });
        });
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
    if (root.path("schema").asInt() != SCHEMA || !root.path("values").isObject()) {
      throw new IOException(file + ": is not a recorded result of schema " + SCHEMA);
    }
    Map<String, String> hashes = new LinkedHashMap<>();
    root.path("config_sha256")
        .properties()
        .forEach(entry -> hashes.put(entry.getKey(), entry.getValue().asText()));
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> variant : root.path("settings").properties()) {
      Map<String, String> byKey = new LinkedHashMap<>();
      variant
          .getValue()
          .properties()
          .forEach(entry -> byKey.put(entry.getKey(), entry.getValue().asText()));
      settings.put(variant.getKey(), byKey);
    }
    Map<String, Map<String, Map<Long, Double>>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> measure : root.path("values").properties()) {
      Map<String, Map<Long, Double>> byVariant = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> variant : measure.getValue().properties()) {
        byVariant.put(variant.getKey(), bySeed(file, variant.getValue()));
      }
      values.put(measure.getKey(), byVariant);
    }
    return new RecordedResult(
        root.path("name").asText(),
        root.path("recorded_at").asText(),
        texts(root.path("programs")),
        texts(root.path("machines")),
        hashes,
        settings,
        values);
  }

  private static Map<Long, Double> bySeed(Path file, JsonNode node) throws IOException {
    Map<Long, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> seed : node.properties()) {
      if (!seed.getKey().matches("\\d{1,16}") || !seed.getValue().isNumber()) {
        throw new IOException(file + ": " + seed.getKey() + " is not a seed with a number");
      }
      numbers.put(Long.parseLong(seed.getKey()), seed.getValue().asDouble());
    }
    return numbers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
