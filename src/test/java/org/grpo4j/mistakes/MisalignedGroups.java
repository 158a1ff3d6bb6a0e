package org.grpo4j.mistakes;

import org.grpo4j.math.RowGroups;

/**
 * Rows i, i + P, i + 2P, ... are taken for a group, although the rows of a prompt are neighbours.
 */
public final class MisalignedGroups extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "Rows i, i + P, i + 2P, ... are taken for a group, although the rows of a prompt are neighbours.";
  }

  @Override
  public String symptom() {
    return "Advantages compare answers to different questions; learning is slow, no error.";
  }

  @Override
  public String seen() {
    return "areal-project/AReaL#1419: a fixed stride over groups that lost members";
  }

  @Override
  public RowGroups groups(int rows, int groupSize) {
    int[] ids = new int[rows];
    for (int i = 0; i < rows; i++) {
      ids[i] = i % (rows / groupSize);
    }
    return RowGroups.of(ids);
  }
}
