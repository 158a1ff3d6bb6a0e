package org.grpo4j.course.catalogue;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** Typical mistakes in rewards, groups and advantages (Eq. 3, Eq. 32). */
enum AdvantageMistake implements Mistake {
  POPULATION_DEVIATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(
          rewards,
          groups,
          (x, of) -> (x - of.mean()) / (of.populationStandardDeviation() + EPSILON));
    }
  },
  EPSILON_INSIDE_THE_ROOT {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(
          rewards, groups, (x, of) -> (x - of.mean()) / Math.sqrt(of.sampleVariance() + EPSILON));
    }
  },
  EPSILON_MISSING {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(rewards, groups, (x, of) -> (x - of.mean()) / of.sampleStandardDeviation());
    }
  },
  WHOLE_BATCH_NORMALIZATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      RowGroups batch = RowGroups.of(new int[rewards.size()]);
      return super.advantages(rewards, batch);
    }
  },
  DOUBLE_NORMALIZATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      RowGroups batch = RowGroups.of(new int[rewards.size()]);
      return super.advantages(super.advantages(rewards, groups), batch);
    }
  },
  BASELINE_FORGOTTEN {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(rewards, groups, (x, of) -> x / (of.sampleStandardDeviation() + EPSILON));
    }
  },
  ADVANTAGE_SIGN_FLIPPED {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(
          rewards, groups, (x, of) -> (of.mean() - x) / (of.sampleStandardDeviation() + EPSILON));
    }
  },
  DEAD_GROUP_BY_DEVIATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      double[] advantages = new double[rewards.size()];
      for (int g = 0; g < groups.count(); g++) {
        float sum = 0;
        for (double reward : groups.select(g, rewards)) {
          sum += (float) reward;
        }
        float mean = sum / groups.size(g);
        float squares = 0;
        for (double reward : groups.select(g, rewards)) {
          squares += ((float) reward - mean) * ((float) reward - mean);
        }
        float deviation = (float) Math.sqrt(squares / (groups.size(g) - 1));
        for (int i : groups.members(g)) {
          advantages[i] =
              deviation == 0 ? 0 : ((float) rewards.get(i) - mean) / (deviation + 1e-8f);
        }
      }
      return DoubleVector.of(advantages);
    }
  },
  MISSING_REWARD_AS_ZERO {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      double[] filled = rewards.toArray();
      Arrays.setAll(filled, i -> Double.isNaN(filled[i]) ? 0 : filled[i]);
      return super.advantages(DoubleVector.of(filled), groups);
    }
  },
  LEAVE_ONE_OUT_KEEPS_ITSELF {
    @Override
    public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
      return each(rewards, groups, (x, of) -> x - of.mean());
    }
  },
  LEAVE_ONE_OUT_DIVIDES_BY_ALL {
    @Override
    public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
      return each(rewards, groups, (x, of) -> x - (of.mean() * of.count() - x) / of.count());
    }
  },
  MISALIGNED_GROUPS {
    @Override
    public RowGroups groups(int rows, int groupSize) {
      return RowGroups.of(IntStream.range(0, rows).map(i -> i % (rows / groupSize)).toArray());
    }
  },
  PROMPTS_TILED {
    @Override
    public int promptOfRow(int row, int prompts, int groupSize) {
      return row % prompts;
    }
  };

  /** Added to the sample deviation by Eq. 3, as {@link Pieces#advantages} has it. */
  private static final double EPSILON = 1e-4;

  /** The advantages by a rule for one reward in a group with these moments. */
  private static DoubleVector each(
      DoubleVector rewards, RowGroups groups, ToDoubleBiFunction<Double, Moments> rule) {
    double[] advantages = rewards.toArray();
    for (int i = 0; i < advantages.length; i++) {
      Moments group = Moments.ofPresent(groups.select(groups.groupOf(i), rewards));
      advantages[i] = rule.applyAsDouble(advantages[i], group);
    }
    return DoubleVector.of(advantages);
  }

  /** The same, and 0 for a missing reward and in a group of equal rewards, as is right. */
  private static DoubleVector guarded(
      DoubleVector rewards, RowGroups groups, ToDoubleBiFunction<Double, Moments> rule) {
    return each(
        rewards,
        groups,
        (x, of) -> Double.isNaN(x) || of.allEqual() ? 0 : rule.applyAsDouble(x, of));
  }
}
