package org.grpo4j.experiment.limits;

import java.util.Locale;

/**
 * The memory that a process has.
 *
 * @param heap bytes of Java's heap
 * @param beside bytes beside it, for ND4J's arrays
 */
public record Memory(double heap, double beside) {

  private static final double GIGA = 1e9;

  /** The memory of this process; what no option bounds counts as without end. */
  public static Memory ofThisProcess() {
    double heap = Runtime.getRuntime().maxMemory();
    double arrays = bytes(System.getProperty("org.bytedeco.javacpp.maxbytes", ""));
    double physical = bytes(System.getProperty("org.bytedeco.javacpp.maxphysicalbytes", ""));
    return new Memory(heap, Math.min(arrays, physical - heap));
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
    StringBuilder remedy = new StringBuilder("There are " + Limits.megabytes(heap));
    if (besideNeeded > beside) {
      remedy.append(" and ").append(Limits.megabytes(Math.max(0, beside))).append(" beside it");
    }
    remedy.append(". Make a setting smaller, or give it more:\n  GRPO4J_JAVA_OPTS=\"-Xmx");
    remedy.append(gigabytes(heapNeeded)).append("g");
    if (besideNeeded > beside) {
      remedy
          .append(" -Dorg.bytedeco.javacpp.maxbytes=%dG".formatted(gigabytes(besideNeeded)))
          .append(" -Dorg.bytedeco.javacpp.maxphysicalbytes=")
          .append(gigabytes(heapNeeded) + gigabytes(besideNeeded) + 1)
          .append("G");
    }
    return remedy.append('"').toString();
  }

  private static long gigabytes(double bytes) {
    return (long) Math.max(1, Math.ceil(bytes * 1.1 / GIGA));
  }
}
