package org.grpo4j.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.run.ReplayedUpdate;
import org.grpo4j.report.Table;

/**
 * The result of a replay.
 *
 * @param run the run
 * @param readable whether the readable layers computed, so that updates agree up to rounding only
 * @param rows one for each update that was asked for
 * @param missing updates of the run that were asked for, but are not in the trace
 */
public record ReplayTable(
    Path run, boolean readable, List<ReplayTable.Row> rows, List<Integer> missing) {

  private static final int SHOWN_METRICS = 3;

  public ReplayTable {
    rows = List.copyOf(rows);
    missing = List.copyOf(missing);
  }

  /**
   * One update that was asked for.
   *
   * @param update its number
   * @param done it and those that were done again on the way, in order
   */
  public record Row(int update, List<ReplayedUpdate> done) {

    public Row {
      done = List.copyOf(done);
    }

    /** The first update that went another way, if one did. */
    Optional<ReplayedUpdate> first() {
      return done.stream().filter(one -> !one.identical()).findFirst();
    }

    int checkpoint() {
      return done.get(0).checkpoint();
    }

    /** The result in a word or two: identical, or what differs. */
    public String result() {
      return first().map(ReplayTable::difference).orElse("identical");
    }
  }

  /** Whether every update came out with the same bits. */
  public boolean allIdentical() {
    return rows.stream().allMatch(row -> row.first().isEmpty());
  }

  private long identical() {
    return rows.stream().filter(row -> row.first().isEmpty()).count();
  }

  /** The first difference of an update, in a sentence. */
  public static String difference(ReplayedUpdate update) {
    List<String> parts = update.differences();
    String text = "update " + update.update() + ": " + parts.get(0) + " differ first";
    if (parts.size() > 1) {
      text += ", then " + String.join(", ", parts.subList(1, parts.size()));
    }
    for (String metric : metrics(update).stream().limit(SHOWN_METRICS).toList()) {
      text += "; " + metric;
    }
    return text;
  }

  private static List<String> metrics(ReplayedUpdate update) {
    return update.metrics().stream().map(ReplayedUpdate.MetricDifference::toString).toList();
  }

  /** The table for people, one row for each update. */
  public String text() {
    Table table = new Table().row("update", "from checkpoint", "done again", "result");
    for (Row row : rows) {
      int done = row.done().size();
      table.row(row.update() + "", row.checkpoint() + "", done + "", row.result());
    }
    String same =
        readable
            ? "with the same metrics up to rounding, computed by the readable layers"
            : "identical in every bit of rollout, rewards, advantages, steps and parameters";
    return "%s\n%s of %s %s"
            .formatted(table, identical(), Figures.count(rows.size(), "update"), same)
        + (missing.isEmpty() ? "" : "\nnot in the trace, so not compared: update " + missing);
  }

  /** The table as JSON, one object for each update. */
  public ObjectNode json() {
    ObjectNode result = Json.object();
    result.put("run", run.toString());
    result.put("compared", readable ? "metrics up to rounding" : "every bit");
    result.put("identical", identical());
    missing.forEach(result.withArray("missing")::add);
    ArrayNode updates = result.putArray("updates");
    for (Row row : rows) {
      ObjectNode object = updates.addObject();
      object.put("update", row.update()).put("from_checkpoint", row.checkpoint());
      object.put("done_again", row.done().size()).put("identical", row.first().isEmpty());
      if (row.first().isPresent()) {
        ReplayedUpdate different = row.first().get();
        ObjectNode first = object.putObject("first_difference").put("update", different.update());
        different.differences().forEach(first.putArray("parts")::add);
        metrics(different).forEach(first.putArray("metrics")::add);
      }
    }
    return result;
  }
}
