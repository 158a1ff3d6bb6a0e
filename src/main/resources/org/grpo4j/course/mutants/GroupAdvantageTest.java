import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** One test to begin with. It lets most of the faulty versions pass. */
class GroupAdvantageTest {

  /** Advantages of rewards, of which {@code groups} says which belong together: 0, 0, 1, 1. */
  static double[] advantages(GroupRelativeAdvantage of, double[] rewards, int... groups) {
    int[] lengths = new int[rewards.length];
    Arrays.fill(lengths, 1);
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards), RowGroups.of(groups), TokenTable.constant(lengths, 1));
    return of.estimate(inputs).perRow().orElseThrow().toArray();
  }

  @Test
  void theBetterOneIsPushedUp() {
    double[] found = advantages(GroupRelativeAdvantage.standard(), new double[] {1, 0}, 0, 0);
    assertEquals(1, Math.signum(found[0]));
  }
}
