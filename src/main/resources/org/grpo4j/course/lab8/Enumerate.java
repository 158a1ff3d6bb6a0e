import java.util.function.ToDoubleFunction;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.RewardScale;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** All groups of three symbols with their probabilities. The numbers here are not yours. */
class Enumerate {

  static final double[] PI = {0.25, 0.25, 0.5}; // probabilities of a, b and c
  static final double[] REWARDS = {1, 0, 0};

  /** E[value] over groups of {@code size} independent symbols 0, 1, 2. */
  static double expected(int size, ToDoubleFunction<int[]> value) {
    int groups = (int) Math.pow(PI.length, size);
    double sum = 0;
    for (int number = 0; number < groups; number++) {
      int[] group = new int[size];
      double probability = 1;
      for (int i = 0, rest = number; i < size; i++, rest /= PI.length) {
        group[i] = rest % PI.length;
        probability *= PI[group[i]];
      }
      sum += probability * value.applyAsDouble(group);
    }
    return sum;
  }

  /** Advantages by the library, of a group whose completions have one token each. */
  static double[] centred(double... rewards) {
    double[][] mask = new double[rewards.length][];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = new double[] {1};
    }
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards),
            RowGroups.consecutive(rewards.length, rewards.length),
            TokenTable.of(mask));
    return GroupRelativeAdvantage.scaledBy(RewardScale.NONE)
        .estimate(inputs)
        .perRow()
        .orElseThrow()
        .toArray();
  }

  public static void main(String[] args) {
    System.out.println("probabilities sum to " + expected(4, group -> 1));
    System.out.println("expected reward       " + expected(1, group -> REWARDS[group[0]]));
    System.out.println("advantages            " + DoubleVector.of(centred(1, 0, 0, 1)));
    // Now: the gradient of one group, its expectation, its variance, ...
  }
}
