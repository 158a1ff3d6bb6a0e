package org.grpo4j.policy.network;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.rollout.Sequence;

/**
 * The division of rows into micro-batches: by the rows alone, never by the number of workers, so
 * that every number of workers adds the same floats in the same order. Rows of one prompt stay
 * together where they fit; a micro-batch has prompts of one length.
 */
public final class MicroBatches {

  private static final int LARGE = 64;
  private static final int SMALL = 32;

  /**
   * Rows {@code from} (inclusive) to {@code to} (exclusive) of a batch.
   *
   * @param from first row
   * @param to the row behind the last
   */
  public record Range(int from, int to) {}

  private MicroBatches() {}

  /** The micro-batches of these rows, in order. */
  public static List<Range> of(List<Sequence> rows) {
    int most = rows.size() > LARGE ? LARGE : SMALL;
    List<Range> ranges = new ArrayList<>();
    int from = 0;
    int group = 0;
    while (group < rows.size()) {
      int end = endOfGroup(rows, group);
      boolean otherLength = length(rows, group) != length(rows, from);
      if (group > from && (end - from > most || otherLength)) {
        ranges.add(new Range(from, group));
        from = group;
      }
      for (; end - from > most; from += most) {
        ranges.add(new Range(from, from + most));
      }
      group = end;
    }
    if (from < rows.size()) {
      ranges.add(new Range(from, rows.size()));
    }
    return ranges;
  }

  private static int endOfGroup(List<Sequence> rows, int first) {
    int end = first + 1;
    while (end < rows.size() && rows.get(end).prompt().equals(rows.get(first).prompt())) {
      end++;
    }
    return end;
  }

  private static int length(List<Sequence> rows, int row) {
    return rows.get(row).prompt().length();
  }
}
