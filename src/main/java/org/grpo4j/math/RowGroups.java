package org.grpo4j.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of rows (completions) that answer the same prompt, numbered in the order in which they
 * first occur; a group's rows need not be neighbours, and groups may differ in size.
 */
public final class RowGroups {

  private final int[] groupOfRow;
  private final int[][] members;

  private RowGroups(int[] groupOfRow, int[][] members) {
    this.groupOfRow = groupOfRow;
    this.members = members;
  }

  /** Rows with the same number of {@code groupIds}, any numbers, are a group. */
  public static RowGroups of(int... groupIds) {
    int[] groupOfRow = new int[groupIds.length];
    Map<Integer, Integer> groupOfId = new HashMap<>();
    List<List<Integer>> rows = new ArrayList<>();
    for (int row = 0; row < groupIds.length; row++) {
      Integer known = groupOfId.putIfAbsent(groupIds[row], rows.size());
      int group = known == null ? rows.size() : known;
      if (known == null) {
        rows.add(new ArrayList<>());
      }
      groupOfRow[row] = group;
      rows.get(group).add(row);
    }
    int[][] members = new int[rows.size()][];
    for (int group = 0; group < members.length; group++) {
      members[group] = new int[rows.get(group).size()];
      for (int m = 0; m < members[group].length; m++) {
        members[group][m] = rows.get(group).get(m);
      }
    }
    return new RowGroups(groupOfRow, members);
  }

  /**
   * The first {@code groupSize} of {@code rows} rows are group 0, the next group 1, and so on.
   *
   * @throws IllegalArgumentException if the rows do not divide into groups of that size
   */
  public static RowGroups consecutive(int rows, int groupSize) {
    Require.that(
        groupSize >= 1 && rows % groupSize == 0,
        "groupSize",
        "at least 1 and divide the number of rows " + rows,
        groupSize);
    int[] ids = new int[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = row / groupSize;
    }
    return of(ids);
  }

  /** Number of rows {@code N}. */
  public int rows() {
    return groupOfRow.length;
  }

  /** Number of groups {@code P}. */
  public int count() {
    return members.length;
  }

  /** The group of {@code row}. */
  public int groupOf(int row) {
    return groupOfRow[row];
  }

  /** Number of rows of {@code group}. */
  public int size(int group) {
    return members[group].length;
  }

  /** The rows of {@code group}, ascending; a fresh array. */
  public int[] members(int group) {
    return members[group].clone();
  }

  /** The entries of {@code perRow} that belong to {@code group}, in row order. */
  public double[] select(int group, DoubleVector perRow) {
    double[] selected = new double[members[group].length];
    for (int m = 0; m < selected.length; m++) {
      selected[m] = perRow.get(members[group][m]);
    }
    return selected;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowGroups that && Arrays.equals(groupOfRow, that.groupOfRow);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(groupOfRow);
  }

  /** The group of each row, rows of one group in a run taken together: {@code [0×8, 1×8]}. */
  @Override
  public String toString() {
    List<String> runs = new ArrayList<>();
    int first = 0;
    for (int row = 1; row <= groupOfRow.length; row++) {
      if (row == groupOfRow.length || groupOfRow[row] != groupOfRow[first]) {
        runs.add(groupOfRow[first] + (row - first == 1 ? "" : "×" + (row - first)));
        first = row;
      }
    }
    return "[" + String.join(", ", runs) + "]";
  }
}
