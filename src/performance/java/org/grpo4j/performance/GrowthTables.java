package org.grpo4j.performance;

import static org.grpo4j.performance.PeersPart.LIBTORCH;
import static org.grpo4j.performance.PeersPart.OURS;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.grpo4j.report.Table;

/** The tables of {@link GrowthPart}. */
final class GrowthTables {

  private static final String STEP = "step_seconds";
  private static final String MEMORY = "peak_memory_bytes";
  private static final double LINEAR_UP_TO = 0.03;

  private GrowthTables() {}

  static String of(Measurements measured) {
    Table steps = new Table();
    steps.row(
        "grows",
        "completions",
        "width",
        "layers",
        "length",
        "step, ms",
        "tokens a second",
        "share of peak",
        "memory, MiB",
        "libtorch, ms",
        "its memory, MiB",
        "grpo4j / libtorch");
    Table exponents = new Table();
    exponents.row("grows", "grpo4j", "its larger half", "libtorch", "libtorch is faster from");
    GrowthPart.axes()
        .forEach(
            (axis, sizes) -> {
              sizes.forEach(size -> steps.row(step(measured, axis, size)));
              exponents.row(
                  axis,
                  exponent(measured, OURS, axis, sizes).text(),
                  exponent(measured, OURS, axis, sizes.subList(sizes.size() / 2 - 1, sizes.size()))
                      .text(),
                  exponent(measured, LIBTORCH, axis, sizes).text(),
                  overtaken(measured, axis, sizes));
            });
    return steps.markdown()
        + "\n"
        + exponents.markdown()
        + "\n"
        + linear(measured)
        + table(measured);
  }

  private static List<String> step(Measurements measured, String axis, Size size) {
    String at = GrowthPart.at(size);
    Sample step = measured.sample(OURS, at, STEP);
    Sample other = measured.sample(LIBTORCH, at, STEP);
    Sample share =
        measured
            .sample(OURS, at, "flops_per_second")
            .over(measured.sample(OURS, at, "peak_flops_per_second"));
    return List.of(
        axis,
        "%,d".formatted(size.completions()),
        "" + size.width(),
        "" + size.layers(),
        "" + size.length(),
        step.milliseconds(),
        String.format(
            Locale.ROOT, "%,.0f", measured.sample(OURS, at, "tokens_per_second").median()),
        String.format(Locale.ROOT, "%.0f %%", 100 * share.median()),
        String.format(Locale.ROOT, "%.0f", measured.sample(OURS, at, MEMORY).median() / (1 << 20)),
        other.milliseconds(),
        String.format(
            Locale.ROOT, "%.0f", measured.sample(LIBTORCH, at, MEMORY).median() / (1 << 20)),
        step.over(other).ratio());
  }

  /** Seconds grow like the size to this power. */
  private record Exponent(double slope, double interval) {

    String text() {
      return Double.isNaN(interval)
          ? "%.2f".formatted(slope)
          : String.format(
              Locale.ROOT, "%.2f [%.2f, %.2f]", slope, slope - interval, slope + interval);
    }
  }

  private static Exponent exponent(
      Measurements measured, String subject, String axis, List<Size> sizes) {
    SimpleRegression line = new SimpleRegression();
    for (Size size : sizes) {
      double seconds = measured.sample(subject, GrowthPart.at(size), STEP).median();
      line.addData(Math.log(along(axis, size)), Math.log(seconds));
    }
    return new Exponent(line.getSlope(), line.getSlopeConfidenceInterval());
  }

  private static double along(String axis, Size size) {
    return switch (axis) {
      case "completions" -> size.completions();
      case "width" -> size.width();
      case "layers" -> size.layers();
      default -> size.length();
    };
  }

  private static String overtaken(Measurements measured, String axis, List<Size> sizes) {
    Optional<Size> first =
        sizes.stream()
            .filter(
                size ->
                    measured
                            .sample(OURS, GrowthPart.at(size), STEP)
                            .over(measured.sample(LIBTORCH, GrowthPart.at(size), STEP))
                            .median()
                        > 1)
            .findFirst();
    return first.map(size -> "%,.0f".formatted(along(axis, size))).orElse("none of these");
  }

  private static String linear(Measurements measured) {
    Exponent all = exponent(measured, OURS, "completions", GrowthPart.axes().get("completions"));
    boolean isLinear = Math.abs(all.slope() - 1) <= LINEAR_UP_TO;
    return "Linear in completions, an exponent of 1.00 ± %.2f: %s (%s).\n\n"
        .formatted(LINEAR_UP_TO, isLinear ? "yes" : "no", all.text());
  }

  private static String table(Measurements measured) {
    Table table = new Table();
    table.row("a table of logits, prompts of 2 completions", "step, ms", "microseconds a prompt");
    for (int prompts : GrowthPart.MANY_PROMPTS) {
      Sample step = measured.sample(GrowthPart.TABLE, GrowthPart.atTable(prompts), STEP);
      table.row("%,d".formatted(prompts), step.milliseconds(), step.text("%.1f", 1e6 / prompts));
    }
    return table.markdown();
  }
}
