package org.grpo4j.experiment.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.recorded.ExperimentDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs and results name their configuration by its hash. So the keys, their order, defaults and
 * numbers of a resolved configuration stay as they are, whatever class holds them; a setting that
 * is added is left out of it while it has its default.
 */
class ConfigHashTest {

  private static final Path EXPERIMENTS = Path.of("experiments");

  private static final Path HASHES =
      Path.of("src/test/resources/org/grpo4j/experiment/files/config-hashes.txt");

  @TempDir Path directory;

  private final ExperimentFiles files = new ExperimentFiles(List.of(EXPERIMENTS));
  private final Map<String, String> found = new TreeMap<>();

  /**
   * {@code config-hashes.txt} was begun before variants were declared in one place; what came later
   * is not in it. It is renewed where an experiment is meant to change.
   */
  @Test
  void everyExperimentAndEveryVariantOnRecordHasTheHashItHad() throws IOException {
    for (String folder : List.of(".", "algorithms")) {
      for (Path file : yaml(folder)) {
        put(file.getFileName().toString(), file, List.of());
      }
    }
    for (Path preset : yaml("presets")) {
      Path file = directory.resolve("mine.yaml");
      String name = "presets/" + preset.getFileName();
      Files.writeString(file, "extends: [think-add.yaml, " + name + "]\nname: mine\n");
      put(name, file, List.of());
    }
    for (Path file : yaml("recorded")) {
      ExperimentDefinition definition = ExperimentDefinition.read(file);
      for (ExperimentDefinition.Variant variant : definition.variants()) {
        String name = definition.name() + ": " + variant.name();
        put(name, definition.baseFile(file, variant), definition.settings(variant));
      }
    }
    String before = Files.readString(HASHES);
    StringBuilder now = new StringBuilder();
    before
        .lines()
        .map(line -> line.substring(0, line.lastIndexOf(" = ")))
        .forEach(name -> now.append(name).append(" = ").append(found.get(name)).append('\n'));
    if (Boolean.getBoolean("hashes.update")) {
      Files.writeString(HASHES, now);
    } else {
      assertEquals(before, now.toString(), "if meant so: -Dhashes.update=true writes them anew");
    }
  }

  private void put(String name, Path file, List<String> settings) {
    found.put(name, ConfigHash.of(files.read(file, settings)));
  }

  private static List<Path> yaml(String folder) throws IOException {
    try (Stream<Path> paths = Files.list(EXPERIMENTS.resolve(folder))) {
      return paths
          .filter(path -> path.toString().endsWith(".yaml"))
          .filter(path -> !path.endsWith("r1.yaml")) // a definition of several
          .sorted()
          .toList();
    }
  }
}
