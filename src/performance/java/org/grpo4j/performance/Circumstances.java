package org.grpo4j.performance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.grpo4j.experiment.files.Machine;

/**
 * The machine and the day of a measurement.
 *
 * @param measuredAt the beginning
 * @param processor as Linux names it
 * @param cores as many as Java sees
 * @param lanes floats of a vector of the Vector API
 * @param system name, version and architecture
 * @param jdk name and version
 * @param pinned whether processes were pinned to cores
 */
record Circumstances(
    String measuredAt,
    String processor,
    int cores,
    int lanes,
    String system,
    String jdk,
    boolean pinned) {

  static Circumstances now() {
    return new Circumstances(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Machine.processor(),
        Runtime.getRuntime().availableProcessors(),
        MachineLimits.LANES,
        property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
        property("java.vm.name") + " " + property("java.runtime.version"),
        Programs.CAN_PIN);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  @Override
  public String toString() {
    return "%s, %d cores, vectors of %d floats; %s; %s; %s; processes %s"
        .formatted(
            processor,
            cores,
            lanes,
            system,
            jdk,
            measuredAt.substring(0, 10),
            pinned ? "pinned to their cores" : "not pinned to cores");
  }
}
