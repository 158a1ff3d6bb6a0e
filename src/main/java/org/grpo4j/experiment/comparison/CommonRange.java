package org.grpo4j.experiment.comparison;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of each axis that all runs of a comparison have in common: what "equal" completions or
 * seconds are depends on the shortest run. Found once for all runs, when it is asked for first.
 */
public final class CommonRange {

  private final List<FinishedRun> runs;
  private final Map<Axis, Double> ends = new EnumMap<>(Axis.class);
  private final Map<Axis, Map<String, Double>> starts = new EnumMap<>(Axis.class);

  /** Of these runs, which are gone through as often as there are axes and columns asked for. */
  public CommonRange(List<FinishedRun> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * The end of the shortest run, those without an update left out: infinite if all are, {@code NaN}
   * if one is not known.
   */
  public double end(Axis axis) {
    return ends.computeIfAbsent(axis, this::findEnd);
  }

  private double findEnd(Axis axis) {
    double end = Double.POSITIVE_INFINITY;
    for (FinishedRun run : runs) {
      end = run.rows() == 0 ? end : Math.min(end, axis.end(run)); // NaN if one of them is NaN
    }
    return end;
  }

  /** The place from which on every run that has {@code column} has a value; all must be known. */
  double start(Axis axis, String column) {
    return starts
        .computeIfAbsent(axis, any -> new HashMap<>())
        .computeIfAbsent(column, any -> findStart(axis, column));
  }

  private double findStart(Axis axis, String column) {
    double start = Double.NEGATIVE_INFINITY;
    for (FinishedRun run : runs) {
      start = run.has(column) ? Math.max(start, axis.curve(run, column).start()) : start;
    }
    return start;
  }
}
