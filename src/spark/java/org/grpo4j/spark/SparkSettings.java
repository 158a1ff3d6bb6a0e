package org.grpo4j.spark;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The settings that Spark is given. Every setting but the master can be another one: {@code
 * -Dspark.…=…}.
 */
final class SparkSettings {

  private static final long BYTES_PER_MEBIBYTE = 1 << 20;

  /** Spark refuses executors with less than 450. */
  private static final long LEAST_MEBIBYTES = 512;

  /** Options of this virtual machine that an executor gets from Spark, or must not have. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "-Xm", "-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-Xdebug", "-Dspark.");

  private SparkSettings() {}

  /**
   * The settings for a sweep. An executor has one core, and so one run at a time in a virtual
   * machine, with the options, class path and memory of this one: a run then has the kernels, and
   * the bits, and the memory that a process would have.
   *
   * @param jobs how many cores to take of a cluster
   */
  static SparkConf of(String master, int jobs) {
    long heap = Math.max(LEAST_MEBIBYTES, Runtime.getRuntime().maxMemory() / BYTES_PER_MEBIBYTE);
    return new SparkConf()
        .setMaster(master)
        .setIfMissing("spark.app.name", "grpo4j")
        .setIfMissing("spark.cores.max", Integer.toString(jobs))
        .setIfMissing("spark.executor.cores", "1")
        .setIfMissing("spark.executor.memory", heap + "m")
        .setIfMissing("spark.executor.extraJavaOptions", options())
        .setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1")
        .setIfMissing("spark.speculation", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.ui.enabled", "false");
  }

  private static String options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
        .map(option -> '"' + option + '"')
        .collect(Collectors.joining(" "));
  }

  /**
   * Opens to Spark what it needs of the JDK from Java 17 on. The launcher's {@code --add-exports
   * java.base/jdk.internal.module=ALL-UNNAMED}, with which the kernels find the Vector API, lets a
   * program do that by itself; otherwise they are options of the command line.
   */
  static void openModules() {
    try {
      Class<?> modules = Class.forName("jdk.internal.module.Modules");
      for (String option : JavaModuleOptions.defaultModuleOptionArray()) {
        if (option.matches("--add-opens=[^/]+/[^=]+=ALL-UNNAMED")) {
          String[] parts = option.substring(option.indexOf('=') + 1).split("[/=]", -1);
          Module module = ModuleLayer.boot().findModule(parts[0]).orElseThrow();
          modules
              .getMethod("addOpensToAllUnnamed", Module.class, String.class)
              .invoke(null, module, parts[1]);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Spark needs an option of Java: --add-exports java.base/jdk.internal.module=ALL-UNNAMED",
          e);
    }
  }

  /**
   * Lets Spark, and all else that logs, write to a file instead of between progress and result;
   * only the first call has an effect.
   */
  static void logTo(Path file) {
    System.setProperty("org.slf4j.simpleLogger.logFile", file.toString());
  }
}
