package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.policy.network.NetworkPolicies;

/** {@code manifest.json}: what ran, on what, with which versions. */
public final class Manifest {

  /** The version of this program, as in {@code pom.xml}; a test compares the two. */
  public static final String VERSION = "0.1.0-SNAPSHOT";

  /** The origin of a run that branched off; only in manifests of forks. */
  public static final String FORKED_FROM = "forked_from";

  private static final int SCHEMA = 1;
  private static final String RESUMED = "resumed";

  /** Whether the cold start comes from the cache. */
  public static final String COLD_START_REUSED = "cold_start_reused";

  /** SHA-256 of the settings that an update depends on. */
  public static final String UPDATES_HASH = "updates_sha256";

  /** SHA-256 of the settings. */
  public static final String CONFIG_HASH = "config_sha256";

  /** The circumstances, beside the settings, that the last bits can depend on. */
  private static final List<String> CIRCUMSTANCES =
      List.of(
          "/machine/kernels",
          "/machine/processor",
          "/machine/architecture",
          "/java/version",
          "/grpo4j_version",
          "/git_commit");

  private static final String CLASSES = "classes";

  private Manifest() {}

  /**
   * The manifest of a run that is about to start.
   *
   * @param coldStartReused whether the cold start comes from the cache
   * @param home the project's directory, to find the commit
   */
  public static ObjectNode of(
      ExperimentConfig config, Instant start, String policy, boolean coldStartReused, Path home) {
    ObjectNode manifest = Json.object();
    manifest.put("schema", SCHEMA);
    manifest.put("experiment", config.name());
    manifest.put("seed", config.seed());
    manifest.put(CONFIG_HASH, ConfigHash.of(config));
    manifest.put(UPDATES_HASH, ConfigHash.ofUpdates(config));
    manifest.put("cold_start_sha256", ConfigHash.ofColdStart(config));
    manifest.put("started_at", start.toString());
    manifest.put("policy", policy);
    manifest.put(COLD_START_REUSED, coldStartReused);
    manifest.put("workers", config.workerCount());
    putProgram(manifest, home);
    putClasses(manifest, config);
    putPlatform(manifest);
    return manifest;
  }

  private static void putClasses(ObjectNode manifest, ExperimentConfig config) {
    for (Class<?> type : config.outsideClasses()) {
      ObjectNode entry = manifest.withArray(CLASSES).addObject();
      entry.put("class", type.getName());
      entry.put("sha256", OutsideClasses.sha256(type));
      ArrayNode classpath = entry.putArray("classpath");
      OutsideClasses.entries(type).forEach(path -> classpath.add(path.toString()));
    }
  }

  /**
   * Looks whether the classes from outside are those that the run was made with.
   *
   * @throws ConfigException if one has changed
   */
  static void checkClasses(RunDirectory run, ExperimentConfig config) throws IOException {
    if (config.outsideClasses().isEmpty()) {
      return;
    }
    for (JsonNode entry : run.sealed().json(run.manifest()).path(CLASSES)) {
      for (Class<?> type : config.outsideClasses()) {
        if (type.getName().equals(entry.path("class").asText())
            && !OutsideClasses.sha256(type).equals(entry.path("sha256").asText())) {
          throw new ConfigException(
              new Origin(run.config().toString(), 0),
              "class",
              type.getName()
                  + " is not the class that this run was made with: it, or a class it"
                  + " uses, has changed since",
              "Give --classpath the classes of then, or the changed class another name.");
        }
      }
    }
  }

  /**
   * The manifest of a run that is about to be resumed in its directory, with what is not as it was:
   * {@link #differences} from the update before.
   *
   * @param manifest what it was
   * @param config may differ from the one before in what changes no update
   * @param updatesDone updates done so far
   */
  public static ObjectNode resumed(
      ObjectNode manifest, ExperimentConfig config, Instant start, int updatesDone, Path home) {
    List<String> differences = differences(manifest, updatesDone, home);
    manifest.put(CONFIG_HASH, ConfigHash.of(config));
    ObjectNode entry = manifest.withArray(RESUMED).addObject();
    differences.forEach(entry.withArray("differences")::add);
    entry.put("at", start.toString());
    entry.put("updates_done", updatesDone);
    entry.put("workers", config.workerCount());
    putProgram(entry, home);
    putPlatform(entry);
    return manifest;
  }

  /**
   * The circumstances that differ from those of an update of the run, one sentence each.
   *
   * @param manifest of the run
   * @param home the project's directory, to find the commit
   */
  public static List<String> differences(ObjectNode manifest, int update, Path home) {
    JsonNode then = manifest;
    for (JsonNode entry : manifest.path(RESUMED)) {
      then = entry.path("updates_done").asInt() <= update ? entry : then;
    }
    ObjectNode now = Json.object();
    putProgram(now, home);
    putPlatform(now);
    List<String> differences = new ArrayList<>();
    for (String circumstance : CIRCUMSTANCES) {
      String before = then.at(circumstance).asText();
      String here = now.at(circumstance).asText();
      if (!before.isEmpty() && !before.equals(here)) {
        String name = circumstance.substring(circumstance.lastIndexOf('/') + 1).replace('_', ' ');
        differences.add(name + ": " + before + " in the run, " + here + " here");
      }
    }
    return differences;
  }

  private static void putProgram(ObjectNode manifest, Path home) {
    manifest.put("grpo4j_version", VERSION);
    GitCommit.of(home).ifPresent(commit -> manifest.put("git_commit", commit));
  }

  private static void putPlatform(ObjectNode manifest) {
    ObjectNode java = manifest.putObject("java");
    java.put("version", System.getProperty("java.runtime.version"));
    java.put("vm", System.getProperty("java.vm.name"));
    java.put("vendor", System.getProperty("java.vendor"));
    java.put(
        "arguments", String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    java.put("max_heap_bytes", Runtime.getRuntime().maxMemory());

    ObjectNode machine = manifest.putObject("machine");
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("processor", Machine.processor());
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("omp_num_threads", System.getenv().getOrDefault("OMP_NUM_THREADS", ""));
    machine.put("kernels", NetworkPolicies.fastKernels());
  }
}
