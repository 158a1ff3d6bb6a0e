package org.grpo4j.performance;

import static org.grpo4j.performance.PeersPart.ALONE;
import static org.grpo4j.performance.PeersPart.AVX2;
import static org.grpo4j.performance.PeersPart.BESIDE;
import static org.grpo4j.performance.PeersPart.LARGE;
import static org.grpo4j.performance.PeersPart.LIBTORCH;
import static org.grpo4j.performance.PeersPart.OURS;
import static org.grpo4j.performance.PeersPart.SCALAR;
import static org.grpo4j.performance.PeersPart.TORCH;
import static org.grpo4j.performance.PeersPart.TRL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grpo4j.report.Table;

/** The tables of {@link PeersPart}. */
final class PeersTables {

  private static final String STEP = "step_seconds";
  private static final String SUPERVISED = "cold_start_step_seconds";
  private static final int MANY = 8;
  private static final int ROWS_OF_A_PART = 64;

  private PeersTables() {}

  static String of(Measurements measured) {
    StringBuilder text = new StringBuilder();
    for (int cores : PeersPart.coreCounts(measured.circumstances().cores())) {
      text.append("**").append(PeersPart.at(cores)).append("**, milliseconds\n\n");
      text.append(programs(measured, PeersPart.at(cores))).append('\n');
    }
    String workers = measured.subjects(PeersPart.at(2)).isEmpty() ? "" : workers(measured);
    return text + workers;
  }

  private static String programs(Measurements measured, String at) {
    Table table = new Table();
    table.row(
        "program",
        "step",
        "rollout",
        "update",
        "cold start step",
        "step, grpo4j / this",
        "cold start step, grpo4j / this");
    for (String subject : List.of(OURS, LIBTORCH, TORCH, TRL, AVX2, SCALAR)) {
      Sample step = measured.sample(subject, at, STEP);
      if (!step.isEmpty()) {
        Sample supervised = measured.sample(subject, at, SUPERVISED);
        table.row(
            subject,
            step.milliseconds(),
            measured.sample(subject, at, "rollout_seconds").milliseconds(),
            measured.sample(subject, at, "optimize_seconds").milliseconds(),
            supervised.milliseconds(),
            subject.equals(OURS) ? "" : measured.sample(OURS, at, STEP).over(step).ratio(),
            subject.equals(OURS)
                ? ""
                : measured.sample(OURS, at, SUPERVISED).over(supervised).ratio());
      }
    }
    return table.markdown();
  }

  private static String workers(Measurements measured) {
    Table table = new Table();
    table.row(
        "step",
        "one worker",
        "two workers",
        "times as fast",
        "serial part s",
        "64 rows t",
        "model of %d workers".formatted(MANY),
        "times as fast");
    Sample loss = loss(measured);
    row(table, measured, "32 x 8", OURS, 256, 1);
    row(table, measured, "256 x 8", LARGE, 2048, 1);
    if (!loss.isEmpty()) {
      row(table, measured, "32 x 8, loss taken out", OURS, 256, loss.median());
      row(table, measured, "256 x 8, loss taken out", LARGE, 2048, loss.median());
    }
    return "**Workers**, milliseconds\n\n"
        + table.markdown()
        + (loss.isEmpty()
            ? ""
            : "\nThe machine's own loss: a process of one worker takes %s times as long while another computes on the other core.\n"
                .formatted(loss.ratio()));
  }

  /** A process beside another, against the same alone in the same round. */
  private static Sample loss(Measurements measured) {
    Sample alone = measured.sample(ALONE, PeersPart.at(2), STEP);
    List<Double> both = measured.sample(BESIDE, PeersPart.at(2), STEP).values();
    List<Double> means = new ArrayList<>();
    for (int i = 0; i + 1 < both.size(); i += 2) {
      means.add((both.get(i) + both.get(i + 1)) / 2);
    }
    return new Sample(means).over(alone);
  }

  /** {@code T(N) = s + ceil(parts / N) t}, from one worker and two. */
  private static void row(
      Table table, Measurements measured, String name, String subject, int rows, double loss) {
    Sample one = measured.sample(subject, PeersPart.at(1), STEP);
    Sample two = measured.sample(subject, PeersPart.at(2), STEP).map(seconds -> seconds / loss);
    int parts = rows / ROWS_OF_A_PART;
    double part = (one.median() - two.median()) / (parts - (parts + 1) / 2);
    double serial = one.median() - parts * part;
    double many = serial + Math.ceil(parts / (double) MANY) * part;
    table.row(
        name,
        one.milliseconds(),
        two.milliseconds(),
        one.over(two).ratio(),
        millis(serial),
        millis(part),
        millis(many),
        String.format(Locale.ROOT, "%.1f", one.median() / many));
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.2f", 1e3 * seconds);
  }
}
