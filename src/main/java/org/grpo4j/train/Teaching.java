package org.grpo4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.Require;
import org.grpo4j.objective.ExactKl;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.TokenDistributions;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;

/**
 * Reference policies that are not a copy of the policy but given: the teachers of on-policy
 * distillation, one for everything or one for each kind of problem.
 *
 * @param teachers the first that a problem's label suits is its reference; none for the usual
 *     reference policy
 * @param exactKl the divergence of whole distributions as a part of the loss, if it is one
 */
public record Teaching(List<Teacher> teachers, Optional<ExactKl> exactKl) {

  /** The usual reference policy, and estimates of the divergence from it. */
  public static final Teaching NONE = new Teaching(List.of(), Optional.empty());

  public Teaching {
    teachers = List.copyOf(teachers);
  }

  /**
   * A given reference policy.
   *
   * @param label of the problems that it is for; empty for all
   * @param model never changes
   */
  public record Teacher(String label, LanguageModel model) {

    long version() {
      return model.version();
    }

    boolean isFor(Group group) {
      return label.isEmpty() || group.problem().labels().contains(label);
    }
  }

  /** The teachers' distributions at every token of {@code rollout}. */
  TokenDistributions distributions(RolloutBatch rollout, double temperature) {
    List<List<Sequence>> rows = new ArrayList<>();
    teachers.forEach(teacher -> rows.add(new ArrayList<>()));
    List<Integer> teacherOfRow = new ArrayList<>();
    List<Sequence> all = rollout.sequences();
    for (int group : rollout.groupOfRow()) {
      int teacher = teacherOf(rollout.groups().get(group));
      rows.get(teacher).add(all.get(teacherOfRow.size()));
      teacherOfRow.add(teacher);
    }
    List<TokenDistributions> scored = new ArrayList<>();
    for (int k = 0; k < teachers.size(); k++) {
      scored.add(teachers.get(k).model().distributions(rows.get(k), temperature));
    }
    int[] next = new int[teachers.size()];
    List<TokenDistributions> inOrder = new ArrayList<>();
    for (int teacher : teacherOfRow) {
      inOrder.add(scored.get(teacher).row(next[teacher]++));
    }
    return TokenDistributions.join(inOrder);
  }

  private int teacherOf(Group group) {
    int found = 0;
    while (found < teachers.size() && !teachers.get(found).isFor(group)) {
      found++;
    }
    Require.that(
        found < teachers.size(), "reference: there is none for " + group.problem().labels());
    return found;
  }
}
