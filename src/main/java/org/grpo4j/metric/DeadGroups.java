package org.grpo4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;

/**
 * The dead groups of a batch: those in which all rewards that the estimator compares are equal, so
 * that they teach nothing ({@link org.grpo4j.advantage.AdvantageEstimator#isDead}).
 *
 * @param compared number of groups within which something is compared, at least 1
 * @param groups the dead ones, ascending
 * @param allRight those of {@code groups} whose completions are all right; empty if nobody says
 *     which are right
 * @param allWrong those of {@code groups} whose completions are all wrong; empty likewise
 */
public record DeadGroups(
    int compared,
    List<Integer> groups,
    Optional<List<Integer>> allRight,
    Optional<List<Integer>> allWrong) {

  public DeadGroups {
    groups = List.copyOf(groups);
    allRight = allRight.map(List::copyOf);
    allWrong = allWrong.map(List::copyOf);
  }

  /**
   * The dead groups.
   *
   * @param correctness 1 for each completion that is right, 0 for each that is wrong, {@code [N]}
   * @return empty if the estimator compares nothing within any group
   */
  public static Optional<DeadGroups> of(Advantages advantages, Optional<DoubleVector> correctness) {
    RowGroups groups = advantages.inputs().groups();
    int compared = 0;
    List<Integer> dead = new ArrayList<>();
    for (int g = 0; g < groups.count(); g++) {
      Optional<Boolean> isDead = advantages.isDead(g);
      compared += isDead.isPresent() ? 1 : 0;
      if (isDead.orElse(false)) {
        dead.add(g);
      }
    }
    if (compared == 0) {
      return Optional.empty();
    }
    Optional<List<Integer>> allRight = Optional.empty();
    Optional<List<Integer>> allWrong = Optional.empty();
    if (correctness.isPresent()) {
      allRight = Optional.of(allWith(1, dead, groups, correctness.get()));
      allWrong = Optional.of(allWith(0, dead, groups, correctness.get()));
    }
    return Optional.of(new DeadGroups(compared, dead, allRight, allWrong));
  }

  private static List<Integer> allWith(
      double correctness, List<Integer> dead, RowGroups groups, DoubleVector correctnessOfRow) {
    List<Integer> found = new ArrayList<>();
    for (int g : dead) {
      boolean all = true;
      for (int row : groups.members(g)) {
        all &= correctnessOfRow.get(row) == correctness;
      }
      if (all) {
        found.add(g);
      }
    }
    return found;
  }

  /** The share of the groups compared that is dead. */
  public double share() {
    return groups.size() / (double) compared;
  }

  /** The share of the groups compared that is {@code some}; {@code NaN} if nobody knows them. */
  public double share(Optional<List<Integer>> some) {
    return some.isPresent() ? some.get().size() / (double) compared : Double.NaN;
  }
}
