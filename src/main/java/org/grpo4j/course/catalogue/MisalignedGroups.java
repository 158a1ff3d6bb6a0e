package org.grpo4j.course.catalogue;

import org.grpo4j.math.RowGroups;

@Story(
    area = "advantage",
    what =
        "Rows i, i + P, i + 2P, ... are taken for a group, although the rows of a prompt are"
            + " neighbours.",
    symptom = "Advantages compare answers to different questions; learning is slow, no error.",
    seen = "areal-project/AReaL#1419: a fixed stride over groups that lost members")
final class MisalignedGroups extends Mistake {

  @Override
  public RowGroups groups(int rows, int groupSize) {
    int[] ids = new int[rows];
    for (int i = 0; i < rows; i++) {
      ids[i] = i % (rows / groupSize);
    }
    return RowGroups.of(ids);
  }
}
