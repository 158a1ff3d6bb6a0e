package org.grpo4j.train.inspection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.math.Require;
import org.grpo4j.policy.Policy;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.train.sampling.GreedyDecoder;

/**
 * The observer of some groups of an update, closer than learning needs: see {@link Inspection}. It
 * only reads, so that an update has the same bits with and without it.
 *
 * <p>Groups that are not dead come first, since the others teach nothing; of equals the one that
 * was sampled earlier. Somebody may want groups before all others: see {@link #firstAt}.
 */
public final class UpdateInspector {

  /** Looks at nothing. */
  public static final UpdateInspector NONE = new UpdateInspector(0, 0, Optional.empty(), Set.of());

  private final int groups;
  private final int gradientsEvery;
  private final Optional<GreedyDecoder> greedyDecoder;
  private final Set<Integer> wantedRows;

  private UpdateInspector(
      int groups,
      int gradientsEvery,
      Optional<GreedyDecoder> greedyDecoder,
      Set<Integer> wantedRows) {
    Require.that(groups >= 0, "groups", "at least 0", groups);
    Require.that(gradientsEvery >= 0, "gradientsEvery", "at least 0", gradientsEvery);
    this.groups = groups;
    this.gradientsEvery = gradientsEvery;
    this.greedyDecoder = greedyDecoder;
    this.wantedRows = new TreeSet<>(wantedRows);
  }

  /**
   * Looks at some groups of every update.
   *
   * @param groups most groups of an update, at least 0
   * @param gradientsEvery the {@link Inspection.GradientShares} are computed in the last of every
   *     so many updates; 0 for never. They cost a backward pass for every token looked at.
   * @param greedyDecoder asks for the preferred answers before and after
   */
  public static UpdateInspector of(int groups, int gradientsEvery, GreedyDecoder greedyDecoder) {
    return groups == 0
        ? NONE
        : new UpdateInspector(groups, gradientsEvery, Optional.of(greedyDecoder), Set.of());
  }

  /** The same, but the groups of these rows, if there are such, come before all others. */
  public UpdateInspector firstAt(Set<Integer> rows) {
    return new UpdateInspector(groups, gradientsEvery, greedyDecoder, rows);
  }

  /** Begins with the policy as it was when it sampled. */
  public InspectionSession begin(
      Policy policy, RolloutBatch rollout, Advantages advantages, double temperature) {
    if (greedyDecoder.isEmpty()) {
      return InspectionSession.nothing(policy, rollout, temperature);
    }
    boolean withGradients = gradientsEvery > 0 && (rollout.update() + 1) % gradientsEvery == 0;
    return new InspectionSession(
        policy,
        rollout,
        chooseGroups(rollout, advantages),
        temperature,
        withGradients,
        greedyDecoder);
  }

  private List<Integer> chooseGroups(RolloutBatch rollout, Advantages advantages) {
    int[] groupOfRow = rollout.groupOfRow();
    Set<Integer> inOrder = new LinkedHashSet<>();
    for (int row : wantedRows) {
      if (row >= 0 && row < groupOfRow.length) {
        inOrder.add(groupOfRow[row]);
      }
    }
    for (boolean dead : new boolean[] {false, true}) {
      for (int g = 0; g < rollout.groups().size(); g++) {
        if (advantages.isDead(g).orElse(false) == dead) {
          inOrder.add(g);
        }
      }
    }
    return inOrder.stream().limit(groups).sorted().toList();
  }
}
