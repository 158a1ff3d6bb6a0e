package org.grpo4j.advantage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.experiment.config.DefaultKinds;
import org.grpo4j.math.Deviation;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** One of every estimator, and inputs that all of them accept. */
public final class EstimatorExamples {

  private static final DoubleVector WEIGHTS = DoubleVector.of(1, 0.5);

  private EstimatorExamples() {}

  /** At least one of every class of the family. */
  public static List<AdvantageEstimator> all() {
    return DefaultKinds.completed(
        chosen(),
        AdvantageEstimator.class,
        "src/test/java/org/grpo4j/advantage/EstimatorExamples.java");
  }

  private static List<AdvantageEstimator> chosen() {
    Whitening whitening = Whitening.standard();
    return List.of(
        GroupRelativeAdvantage.standard(),
        GroupRelativeAdvantage.scaledBy(RewardScale.BATCH),
        GroupRelativeAdvantage.scaledBy(RewardScale.NONE),
        new GroupRelativeAdvantage(
            RewardScale.GROUP, Deviation.POPULATION, 0, SingletonRule.RAW_REWARD),
        new RawRewardAdvantage(),
        new BatchMeanAdvantage(),
        new LeaveOneOutAdvantage(),
        new LeaveOneOutAdvantage(Optional.of(Whitening.addedToDeviation(1e-4))),
        new GreedyBaselineAdvantage(),
        new PositiveOnlyAdvantage(0.5),
        new ProcessSupervisionAdvantage(Deviation.SAMPLE, 1e-4),
        new ReinforcePlusPlusAdvantage(0.9, whitening),
        new WhitenedGroupBaselineAdvantage(whitening),
        new SumThenNormalize(WEIGHTS, GroupRelativeAdvantage.standard()),
        new NormalizeThenSum(
            WEIGHTS, GroupRelativeAdvantage.standard(), Whitening.addedToDeviation(1e-4)),
        GroupRelativeAdvantage.scaledBy(RewardScale.MEAN),
        new BestOfGroupAdvantage(false, 1e-6),
        new BestOfGroupAdvantage(true, 1e-6),
        new OptimalTokenBaseline(false, true),
        new OptimalTokenBaseline(true, false),
        new GeneralizedAdvantage(0.9, 0.8, Optional.empty()),
        new GeneralizedAdvantage(0.9, 0.8, Optional.of(whitening)));
  }

  /**
   * Three groups of two to four completions with everything any estimator needs; masks have holes.
   */
  public static AdvantageInputs inputs(SplittableRandom random) {
    return inputs(random, 3);
  }

  /** The same with that many groups. */
  public static AdvantageInputs inputs(SplittableRandom random, int groups) {
    List<Integer> groupIds = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int size = 2 + random.nextInt(3);
      for (int m = 0; m < size; m++) {
        groupIds.add(g);
      }
    }
    int rows = groupIds.size();
    double[] rewards = new double[rows];
    double[] greedy = new double[rows];
    double[] bootstrap = new double[rows];
    double[][] mask = new double[rows][];
    double[][] tokenRewards = new double[rows][];
    double[][] values = new double[rows][];
    double[][] scoreNorms = new double[rows][];
    double[][] parts = new double[rows][2];
    double[][] stepRewards = new double[rows][];
    double[][] stepEnds = new double[rows][];
    for (int i = 0; i < rows; i++) {
      int length = 1 + random.nextInt(5);
      rewards[i] = random.nextInt(3) / 2.0;
      greedy[i] = random.nextInt(2);
      bootstrap[i] = random.nextInt(2) * Property.around(random, 1);
      mask[i] = new double[length];
      tokenRewards[i] = new double[length];
      values[i] = new double[length];
      scoreNorms[i] = new double[length];
      for (int t = 0; t < length; t++) {
        mask[i][t] = random.nextInt(4) == 0 ? 0 : 1;
        tokenRewards[i][t] = Property.around(random, 1);
        values[i][t] = Property.around(random, 1);
        scoreNorms[i][t] = 2 * random.nextDouble();
      }
      parts[i][0] = random.nextInt(2);
      parts[i][1] = random.nextDouble();
      stepRewards[i] = new double[] {random.nextInt(2), random.nextDouble()};
      stepEnds[i] = new double[] {Math.floor(length / 2.0), length - 1};
    }
    int[] ids = groupIds.stream().mapToInt(Integer::intValue).toArray();
    return AdvantageInputs.of(DoubleVector.of(rewards), RowGroups.of(ids), TokenTable.of(mask))
        .withGreedyRewards(DoubleVector.of(greedy))
        .withRewardParts(TokenTable.of(parts))
        .withSteps(new StepRewards(TokenTable.of(stepRewards), TokenTable.of(stepEnds)))
        .withTokenRewards(TokenTable.of(tokenRewards))
        .withValues(TokenTable.of(values))
        .withBootstrapValues(DoubleVector.of(bootstrap))
        .withScoreNorms(TokenTable.of(scoreNorms));
  }
}
