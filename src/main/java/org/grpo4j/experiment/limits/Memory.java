package org.grpo4j.experiment.limits;

import java.util.Locale;

/**
 * The memory that a process has.
 *
 * @param heap bytes of Java's heap
 * @param beside bytes beside it, for ND4J's arrays
 * @param physical bytes of both and of the virtual machine together
 */
public record Memory(double heap, double beside, double physical) {

  private static final double GIGA = 1e9;

  /** The share of the virtual machine itself. */
  private static final double MACHINE = 250e6;

  /** The memory of this process; what no option bounds counts as without end. */
  public static Memory ofThisProcess() {
    return new Memory(
        Runtime.getRuntime().maxMemory(),
        bytes(System.getProperty("org.bytedeco.javacpp.maxbytes", "")),
        bytes(System.getProperty("org.bytedeco.javacpp.maxphysicalbytes", "")));
  }

  /** Whether that much is there. */
  boolean has(double heapNeeded, double besideNeeded) {
    return heapNeeded <= heap
        && besideNeeded <= beside
        && heapNeeded + besideNeeded + MACHINE <= physical;
  }

  /** The bytes of a text such as {@code 512M}; infinity for one that says nothing. */
  static double bytes(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    if (!upper.matches("[1-9]\\d{0,15}[KMGT]?B?")) {
      return Double.POSITIVE_INFINITY;
    }
    double number = Double.parseDouble(upper.replaceAll("\\D", ""));
    String unit = upper.replaceAll("[\\dB]", "");
    return number * (unit.isEmpty() ? 1 : Math.pow(1024, "KMGT".indexOf(unit) + 1));
  }

  /** The remedy where that much is needed. */
  String remedy(double heapNeeded, double besideNeeded) {
    long heapOption = gigabytes(Math.max(heapNeeded, heapNeeded > heap ? 0 : heap));
    long all = heapOption + gigabytes(besideNeeded + MACHINE);
    return "There are %s, and %s beside it. Make a setting smaller, or give it more:"
            .formatted(Limits.megabytes(heap), Limits.megabytes(beside))
        + "\n  GRPO4J_JAVA_OPTS=\"-Xmx%dg".formatted(heapOption)
        + option("maxbytes", besideNeeded > beside, gigabytes(besideNeeded))
        + option("maxphysicalbytes", all * GIGA > physical, all)
        + '"';
  }

  private static String option(String name, boolean needed, long gigabytes) {
    return needed ? " -Dorg.bytedeco.javacpp." + name + "=" + gigabytes + "G" : "";
  }

  private static long gigabytes(double bytes) {
    return (long) Math.max(1, Math.ceil(bytes * 1.1 / GIGA));
  }
}
