package org.grpo4j.policy.network.kernels;

import java.util.Arrays;

/**
 * The places of the chosen columns of each expert when they are gathered: expert by expert, in the
 * order of the columns, padded to a multiple of {@link ColumnPlan#LANES} with column 0 at gate
 * weight 0.
 */
final class ExpertPlaces {

  private final int experts;
  private final int active;

  /** First place of each expert, and behind the last one the number of places. */
  final int[] start;

  /** Experts of each column in ascending order, {@code [columns][k]}. */
  int[] chosen = new int[0];

  /** The place of each choice, {@code [columns][k]}. */
  int[] placeOf = new int[0];

  /** The column that each place has been given. */
  int[] columnAt = new int[0];

  /** The gate weight at each place. */
  float[] gateAt = new float[0];

  ExpertPlaces(int experts, int active) {
    this.experts = experts;
    this.active = active;
    this.start = new int[experts + 1];
  }

  /** Makes room for the choices of so many columns. */
  void reserve(int columns) {
    if (chosen.length < columns * active) {
      chosen = new int[columns * active];
      placeOf = new int[columns * active];
    }
  }

  /** Lets a column, whose first choice is number {@code choice}, go through the first experts. */
  void chooseFirst(int choice) {
    for (int j = 0; j < active; j++) {
      chosen[choice + j] = j;
    }
  }

  /** Gives every choice of the first columns its place. */
  void assign(int columns) {
    int choices = columns * active;
    int[] next = new int[experts];
    for (int i = 0; i < choices; i++) {
      next[chosen[i]]++;
    }
    for (int e = 0; e < experts; e++) {
      int padded = (next[e] + ColumnPlan.LANES - 1) / ColumnPlan.LANES * ColumnPlan.LANES;
      start[e + 1] = start[e] + padded;
      next[e] = start[e];
    }
    if (columnAt.length < count()) {
      columnAt = new int[count()];
      gateAt = new float[count()];
    }
    Arrays.fill(columnAt, 0, count(), 0);
    Arrays.fill(gateAt, 0, count(), 0f);
    for (int i = 0; i < choices; i++) {
      placeOf[i] = next[chosen[i]]++;
      columnAt[placeOf[i]] = i / active;
    }
  }

  /** Number of places. */
  int count() {
    return start[experts];
  }

  /** Number of places of expert {@code e}: 0 if no column chose it. */
  int count(int e) {
    return start[e + 1] - start[e];
  }

  /** {@code to[place] = from[its column]}. */
  void gather(ColumnMatrix from, ColumnMatrix to, int features) {
    for (int f = 0; f < features; f++) {
      int source = from.row(f);
      int target = to.row(f);
      for (int i = 0; i < count(); i++) {
        to.values[target + i] = from.values[source + columnAt[i]];
      }
    }
  }

  /** {@code to[its column] += from[place]}, expert by expert. */
  void addBack(ColumnMatrix from, ColumnMatrix to, int features) {
    for (int f = 0; f < features; f++) {
      int source = from.row(f);
      int target = to.row(f);
      for (int i = 0; i < count(); i++) {
        to.values[target + columnAt[i]] += from.values[source + i];
      }
    }
  }

  /** {@code to[its column] += gate from[place]}. */
  void addGated(ColumnMatrix from, ColumnMatrix to, int features) {
    for (int f = 0; f < features; f++) {
      int source = from.row(f);
      int target = to.row(f);
      for (int i = 0; i < count(); i++) {
        to.values[target + columnAt[i]] += gateAt[i] * from.values[source + i];
      }
    }
  }
}
