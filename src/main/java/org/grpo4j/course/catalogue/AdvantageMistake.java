package org.grpo4j.course.catalogue;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;

/** Typical mistakes in rewards, groups and advantages (Eq. 3, Eq. 32). */
enum AdvantageMistake implements Mistake {
  @Story(
      what = "The deviation of the group has divisor n instead of n - 1.",
      symptom =
          "Advantages 15 % too large in groups of four, 41 % in pairs; looks like another learning"
              + " rate.",
      seen = "GRPO-Zero, nano-aha-moment, minimind (numpy divides by n by default)",
      elsewhere = "Other code does so; Eq. 3 here divides by n - 1.")
  POPULATION_DEVIATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(
          rewards,
          groups,
          (x, of) -> (x - of.mean()) / (of.populationStandardDeviation() + EPSILON));
    }
  },

  @Story(
      what = "Epsilon is added to the variance instead of the deviation.",
      symptom = "Only visible where rewards hardly differ.",
      seen = "easy to make; right for whitening as in verl",
      elsewhere = "Right for whitening as in verl; Eq. 3 here adds epsilon to the deviation.")
  EPSILON_INSIDE_THE_ROOT {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(
          rewards, groups, (x, of) -> (x - of.mean()) / Math.sqrt(of.sampleVariance() + EPSILON));
    }
  },

  @Story(
      what = "Nothing is added to the deviation.",
      symptom = "Advantages of the size of rounding errors are blown up to 1.")
  EPSILON_MISSING {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(rewards, groups, (x, of) -> (x - of.mean()) / of.sampleStandardDeviation());
    }
  },

  @Story(
      what = "Mean and deviation of the whole batch instead of the group.",
      symptom = "Easy prompts are always rewarded, hard ones always punished.",
      seen = "XU-YIJIE/grpo-flat#2",
      elsewhere = "REINFORCE++ compares over the batch; Eq. 3 here compares within the group.")
  WHOLE_BATCH_NORMALIZATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      RowGroups batch = RowGroups.of(new int[rewards.size()]);
      return super.advantages(rewards, batch);
    }
  },

  @Story(
      what = "Advantages are normalised in the group and once more over the batch.",
      symptom = "Advantages of a batch with dead groups grow; the learning rate seems to jump.",
      seen = "axon-rl/gem PR #113")
  DOUBLE_NORMALIZATION {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      RowGroups batch = RowGroups.of(new int[rewards.size()]);
      return super.advantages(super.advantages(rewards, groups), batch);
    }
  },

  @Story(
      what = "The reward is divided by the deviation, but the mean is not subtracted.",
      symptom = "Completions that got nothing are not made less likely.")
  BASELINE_FORGOTTEN {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(rewards, groups, (x, of) -> x / (of.sampleStandardDeviation() + EPSILON));
    }
  },

  @Story(
      what = "Mean minus reward instead of reward minus mean.",
      symptom = "Reward falls from the first update.",
      seen = "easy to make when a loss is turned into an objective")
  ADVANTAGE_SIGN_FLIPPED {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      return guarded(
          rewards, groups, (x, of) -> (of.mean() - x) / (of.sampleStandardDeviation() + EPSILON));
    }
  },

  @Story(
      what =
          "A group counts as dead when its deviation, in float, is exactly 0; otherwise it is"
              + " divided by it, epsilon 1e-8.",
      symptom = "A group of equal rewards of one third pushes at random.",
      seen = "float32 code with a tiny epsilon: advantages up to 0.9 out of nothing")
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

  @Story(
      what = "A reward that could not be computed counts as 0.",
      symptom = "A verifier that times out punishes good completions.")
  MISSING_REWARD_AS_ZERO {
    @Override
    public DoubleVector advantages(DoubleVector rewards, RowGroups groups) {
      double[] filled = rewards.toArray();
      Arrays.setAll(filled, i -> Double.isNaN(filled[i]) ? 0 : filled[i]);
      return super.advantages(DoubleVector.of(filled), groups);
    }
  },

  @Story(
      what = "The baseline of RLOO is the mean of the whole group, the completion included.",
      symptom = "The gradient is too short by (G - 1)/G; in pairs by half.",
      elsewhere = "Dr. GRPO does so; Eq. 32 here leaves the completion out of its own baseline.")
  LEAVE_ONE_OUT_KEEPS_ITSELF {
    @Override
    public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
      return each(rewards, groups, (x, of) -> x - of.mean());
    }
  },

  @Story(
      what = "RLOO leaves the completion out of the sum but still divides by G.",
      symptom =
          "With rewards of 0 and 1 successes gain more than failures lose: the gradient keeps its"
              + " mean and gets noisier.")
  LEAVE_ONE_OUT_DIVIDES_BY_ALL {
    @Override
    public DoubleVector leaveOneOut(DoubleVector rewards, RowGroups groups) {
      return each(rewards, groups, (x, of) -> x - (of.mean() * of.count() - x) / of.count());
    }
  },

  @Story(
      what =
          "Rows i, i + P, i + 2P, ... are taken for a group, although the rows of a prompt are"
              + " neighbours.",
      symptom = "Advantages compare answers to different questions; learning is slow, no error.",
      seen = "areal-project/AReaL#1419: a fixed stride over groups that lost members")
  MISALIGNED_GROUPS {
    @Override
    public RowGroups groups(int rows, int groupSize) {
      return RowGroups.of(IntStream.range(0, rows).map(i -> i % (rows / groupSize)).toArray());
    }
  },

  @Story(
      what = "The list of prompts is repeated G times instead of each prompt G times.",
      symptom = "The same as misaligned groups, made on the sampling side.",
      seen = "PrimeIntellect-ai/prime-rl PR #600")
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
