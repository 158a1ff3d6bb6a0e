package org.grpo4j.performance;

import static org.grpo4j.performance.RooflinePart.BYTES;
import static org.grpo4j.performance.RooflinePart.CORE;
import static org.grpo4j.performance.RooflinePart.OPERATIONS;
import static org.grpo4j.performance.RooflinePart.PHASE;
import static org.grpo4j.performance.RooflinePart.SECONDS;

import java.util.Locale;
import org.grpo4j.report.Table;

/** The tables of {@link RooflinePart}. */
final class RooflineTables {

  private static final double GIGA = 1e9;

  /** The level that holds what a phase works on, 64 rows at a time. */
  private static final String LEVEL = "8 MiB";

  private RooflineTables() {}

  static String of(Measurements measured) {
    Table limits = new Table();
    limits.row("one core", "measured");
    for (String what : measured.sizes(CORE)) {
      Sample operations = measured.sample(CORE, what, OPERATIONS);
      Sample bytes = measured.sample(CORE, what, BYTES);
      limits.row(
          what,
          operations.isEmpty()
              ? bytes.text("%.0f", 1 / GIGA) + " GB/s"
              : operations.text("%.0f", 1 / GIGA) + " GFLOP/s");
    }
    Table phases = new Table();
    phases.row(
        "phase",
        "ms",
        "MFLOP",
        "MB at least",
        "FLOP a byte",
        "bound by arithmetic, ms",
        "bound by the third level, ms",
        "reached");
    measured.sizes(PHASE).forEach(phase -> row(phases, measured, phase));
    return limits.markdown() + "\n" + phases.markdown();
  }

  private static void row(Table table, Measurements measured, String phase) {
    Sample seconds = measured.sample(PHASE, phase, SECONDS);
    Sample operations = measured.sample(PHASE, phase, OPERATIONS);
    if (operations.isEmpty()) {
      table.row(phase, seconds.milliseconds());
      return;
    }
    double bytes = measured.sample(PHASE, phase, BYTES).median();
    double peak = measured.sample(CORE, RooflinePart.FMA, OPERATIONS).median();
    double bandwidth = measured.sample(CORE, RooflinePart.COPY + LEVEL, BYTES).median();
    double byArithmetic = operations.median() / peak;
    double byBytes = bytes / bandwidth;
    table.row(
        phase,
        seconds.milliseconds(),
        number("%.0f", operations.median() / 1e6),
        number("%.1f", bytes / 1e6),
        number("%.0f", operations.median() / bytes),
        number("%.2f", 1e3 * byArithmetic),
        number("%.2f", 1e3 * byBytes),
        number("%.0f %%", 100 * Math.max(byArithmetic, byBytes) / seconds.median()));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
