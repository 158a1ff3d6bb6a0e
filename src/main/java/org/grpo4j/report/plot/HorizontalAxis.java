package org.grpo4j.report.plot;

import java.util.NavigableSet;

/** A kind of horizontal axis. */
public enum HorizontalAxis {
  /** Steps over an axis that begins at 0. */
  FROM_ZERO,
  /** Steps over an axis that begins at the first position. */
  FROM_FIRST,
  /** Dots over the logarithms of positions, which are positive. */
  DOUBLINGS;

  /** Left of the first power and right of the last, in doublings. */
  private static final double ROOM = 0.25;

  /** The scale of these positions, at least one, between two pixels. */
  Scale scale(NavigableSet<Double> positions, double left, double right) {
    double last = place(positions.last());
    if (this == DOUBLINGS) {
      return new Scale(place(positions.first()) - ROOM, last + ROOM, left, right);
    }
    double first = this == FROM_ZERO ? 0 : positions.first();
    return new Scale(first, last > first ? last : first + 1, left, right);
  }

  /** The place of {@code position} on the scale. */
  double place(double position) {
    return this == DOUBLINGS ? Math.log(position) / Math.log(2) : position;
  }
}
