package org.grpo4j.rollout;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.TokenTable;

/**
 * Everything sampled for one update: {@code P} groups of {@code G} completions. Rows are numbered
 * through: completion {@code g} of group {@code p} is row {@code p * G + g}.
 *
 * @param update the update it was sampled for, from 0
 * @param policyVersion the version of the policy that sampled it
 * @param groups the groups, in sampling order
 */
public record RolloutBatch(int update, long policyVersion, List<Group> groups) {

  public RolloutBatch {
    groups = List.copyOf(groups);
  }

  /** All completions, row by row. */
  public List<Completion> completions() {
    List<Completion> rows = new ArrayList<>();
    for (Group group : groups) {
      rows.addAll(group.completions());
    }
    return rows;
  }

  /** All rows as the policy scores them. */
  public List<Sequence> sequences() {
    List<Sequence> rows = new ArrayList<>();
    for (Group group : groups) {
      for (Completion completion : group.completions()) {
        rows.add(completion.after(group.prompt()));
      }
    }
    return rows;
  }

  /**
   * A one for every token that was written, {@code [N][T_i]}: all of them take part in the loss.
   */
  public TokenTable mask() {
    List<Completion> rows = completions();
    int[] lengths = new int[rows.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = rows.get(i).length();
    }
    return TokenTable.constant(lengths, 1);
  }

  /** The group of each row, from 0. */
  public int[] groupOfRow() {
    List<Integer> indices = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < groups.get(g).size(); i++) {
        indices.add(g);
      }
    }
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }
}
