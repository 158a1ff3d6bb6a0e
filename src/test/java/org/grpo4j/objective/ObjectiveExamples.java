package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.experiment.config.DefaultKinds;
import org.grpo4j.math.Property;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** The whole family of objectives, and batches to evaluate them on. */
public final class ObjectiveExamples {

  private static final String FILE = "src/test/java/org/grpo4j/objective/ObjectiveExamples.java";

  private ObjectiveExamples() {}

  /** Every surrogate. */
  public static List<Surrogate> surrogates() {
    ClippedSurrogate clip = new ClippedSurrogate(0.2, 0.28);
    return DefaultKinds.completed(
        List.of(
            clip,
            new ReinforceSurrogate(),
            new ImportanceWeightedSurrogate(),
            new TwoSidedSurrogate(clip, 1.6),
            new TwoSidedSurrogate(clip, 1.1),
            new DualClipSurrogate(clip, 1.5),
            new CispoSurrogate(0.8, 1.3),
            new SapoSurrogate(1, 1.05),
            new VespoSurrogate(2, 3, 3, 2),
            new DppoSurrogate(DppoSurrogate.Divergence.TV, 0.1, 0.15, 1.3),
            new DppoSurrogate(DppoSurrogate.Divergence.KL, 0.02, 0.03, Double.POSITIVE_INFINITY)),
        Surrogate.class,
        FILE);
  }

  /** Every ratio level. */
  public static List<RatioLevel> ratioLevels() {
    return DefaultKinds.completed(
        List.of(
            new RatioLevel.TokenRatio(),
            new RatioLevel.SequenceRatio(),
            new RatioLevel.SequenceProductRatio(),
            new RatioLevel.GspoTokenRatio(),
            new BoundedProductRatio(),
            new ClippedGeometricMeanRatio(0.2, 0.3)),
        RatioLevel.class,
        FILE);
  }

  /** Every aggregation. */
  public static List<Aggregation> aggregations() {
    return DefaultKinds.completed(
        List.of(
            new Aggregation.SequenceMeanTokenMean(EmptyRows.COUNT),
            new Aggregation.SequenceMeanTokenMean(EmptyRows.SKIP),
            new Aggregation.TokenMean(),
            new Aggregation.SumNorm(40),
            new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT),
            new Aggregation.SequenceMeanTokenSumNorm(8, EmptyRows.SKIP),
            new Aggregation.SumNorm(8),
            new Aggregation.GroupTokenMean()),
        Aggregation.class,
        FILE);
  }

  /** Every estimator of the divergence, alone, ratio-weighted and bounded. */
  public static List<KlPenalty> klPenalties() {
    List<KlPenalty> penalties = new ArrayList<>();
    penalties.add(KlPenalty.NONE);
    for (KlEstimator estimator : KlEstimator.values()) {
      penalties.add(KlPenalty.of(0.3, estimator));
      penalties.add(KlPenalty.of(0.3, estimator).weightedByRatio());
      penalties.add(KlPenalty.of(0.3, estimator).fromOldPolicy());
    }
    penalties.add(KlPenalty.of(0.3, KlEstimator.K3).bounded(0.5, 0.1));
    return penalties;
  }

  /** Every surrogate with every ratio level, the other columns taking turns. */
  public static List<GrpoObjective> all() {
    List<GrpoObjective> objectives = new ArrayList<>();
    int turn = 0;
    for (Surrogate surrogate : surrogates()) {
      for (RatioLevel ratioLevel : ratioLevels()) {
        Aggregation aggregation = aggregations().get(turn % aggregations().size());
        KlPenalty penalty = klPenalties().get(turn % klPenalties().size());
        GrpoObjective objective =
            GrpoObjective.of(surrogate, ratioLevel, aggregation).withKl(penalty);
        if (turn % 3 == 0) {
          objective = objective.withEntropyBonus(EntropyBonus.tokenMean(0.1));
        }
        if (turn % 4 == 0) {
          objective = objective.withOffPolicyRowMask(new OffPolicyRowMask(0.1));
        }
        if (turn % 5 == 0) {
          objective = objective.withLogRatioBound(0.6);
        }
        objectives.add(objective);
        turn++;
      }
    }
    return objectives;
  }

  /**
   * Two groups of two rows of one to five tokens, masks with holes, sometimes an empty row, and
   * everything optional.
   */
  public static ObjectiveInputs inputs(SplittableRandom random) {
    int rows = 4;
    double[][] logProbs = new double[rows][];
    double[][] oldLogProbs = new double[rows][];
    double[][] referenceLogProbs = new double[rows][];
    double[][] advantages = new double[rows][];
    double[][] mask = new double[rows][];
    double[][] weights = new double[rows][];
    double[][] entropies = new double[rows][];
    double[][] klWeights = new double[rows][];
    for (int i = 0; i < rows; i++) {
      int length = 1 + random.nextInt(5);
      boolean empty = random.nextInt(8) == 0;
      logProbs[i] = new double[length];
      oldLogProbs[i] = new double[length];
      referenceLogProbs[i] = new double[length];
      advantages[i] = new double[length];
      mask[i] = new double[length];
      weights[i] = new double[length];
      entropies[i] = new double[length];
      klWeights[i] = new double[length];
      for (int t = 0; t < length; t++) {
        logProbs[i][t] = -2 * random.nextDouble();
        oldLogProbs[i][t] = logProbs[i][t] + Property.around(random, 0.6);
        referenceLogProbs[i][t] = logProbs[i][t] + Property.around(random, 0.8);
        advantages[i][t] = Property.around(random, 1.5);
        mask[i][t] = empty || random.nextInt(5) == 0 ? 0 : 1;
        weights[i][t] = 0.5 + random.nextDouble();
        entropies[i][t] = random.nextDouble();
        klWeights[i][t] = entropies[i][t] < 0.3 ? 1 : entropies[i][t] < 0.6 ? 0 : entropies[i][t];
      }
    }
    return ObjectiveInputs.of(
            TokenTable.of(logProbs),
            TokenTable.of(oldLogProbs),
            TokenTable.of(advantages),
            TokenTable.of(mask),
            RowGroups.consecutive(rows, 2))
        .withReference(TokenTable.of(referenceLogProbs))
        .withImportanceWeights(TokenTable.of(weights))
        .withEntropies(TokenTable.of(entropies))
        .withKlWeights(TokenTable.of(klWeights));
  }

  /** {@code table} with one entry replaced. */
  public static TokenTable with(TokenTable table, int row, int token, double value) {
    double[][] changed = table.toArrays();
    changed[row][token] = value;
    return TokenTable.of(changed);
  }
}
