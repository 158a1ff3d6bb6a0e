package org.grpo4j.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.DualClipSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.EntropyBonus;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.SapoSurrogate;
import org.grpo4j.objective.TwoSidedSurrogate;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkPolicies;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * From the parameters to the loss and back: the gradient that a policy accumulates from the
 * objective's two tables, against differences of the loss itself. Through a soft-max table every
 * parameter, through the readable transformer in double a sample of them.
 */
class EndToEndGradientTest {

  /** One of each loss that is differentiated as it is. */
  private static List<GrpoObjective> objectives() {
    ClippedSurrogate clip = new ClippedSurrogate(0.2, 0.28);
    Aggregation perRow = Aggregation.sequenceMeanTokenMean();
    Aggregation sum = new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT);
    KlPenalty k3 = KlPenalty.of(0.04, KlEstimator.K3);
    return List.of(
        GrpoObjective.standard().withKl(k3).withEntropyBonus(EntropyBonus.tokenMean(0.05)),
        GrpoObjective.of(
            clip,
            new RatioLevel.TokenRatio(),
            new Aggregation.SequenceMeanTokenSumNorm(8, EmptyRows.COUNT)),
        GrpoObjective.of(clip, new RatioLevel.TokenRatio(), Aggregation.tokenMean()),
        GrpoObjective.of(clip, new RatioLevel.SequenceRatio(), perRow).withKl(k3.weightedByRatio()),
        GrpoObjective.of(clip, new RatioLevel.SequenceProductRatio(), perRow),
        GrpoObjective.of(new ReinforceSurrogate(), new RatioLevel.TokenRatio(), sum)
            .withKl(KlPenalty.of(0.3, KlEstimator.K1)),
        GrpoObjective.of(new ImportanceWeightedSurrogate(), new RatioLevel.TokenRatio(), sum)
            .withKl(KlPenalty.of(0.3, KlEstimator.K2)),
        GrpoObjective.of(new SapoSurrogate(1, 1.05), new RatioLevel.TokenRatio(), perRow),
        GrpoObjective.of(new TwoSidedSurrogate(clip, 1.6), new RatioLevel.TokenRatio(), perRow),
        GrpoObjective.of(new DualClipSurrogate(clip, 1.5), new RatioLevel.TokenRatio(), perRow)
            .withKl(k3.weightedByRatio())
            .withEntropyBonus(new EntropyBonus(-0.1, perRow)));
  }

  @Test
  void throughASoftmaxTable() {
    TabularPolicy policy = TinyPolicies.letters(3);
    List<Sequence> rows = GradientCheck.rows(TinyPolicies.PROMPTS);
    List<Integer> parameters = new ArrayList<>();
    for (int k = 0; k < policy.parameterCount(); k++) {
      parameters.add(k);
    }
    for (GrpoObjective objective : objectives()) {
      GradientCheck.of(policy, rows, objective).check(parameters);
    }
  }

  @Test
  void throughTheTransformer() {
    TransformerShape shape = new TransformerShape(4, 5, 8, 2, 2, 12);
    List<Sequence> rows =
        GradientCheck.rows(List.of(TokenSequence.of(2, 3), TokenSequence.of(3, 3)));
    SplittableRandom random = new SplittableRandom(8);
    try (Workers workers = new Workers(1);
        Policy policy =
            NetworkPolicies.transformer(shape, Precision.REFERENCE_DOUBLE, 1, workers)) {
      // Away from the initial values, where gains are 1 and biases 0.
      double[] moved = policy.parameters().toArray();
      for (int k = 0; k < moved.length; k++) {
        moved[k] += 0.3 * random.nextGaussian();
      }
      policy.setParameters(DoubleVector.of(moved));
      for (GrpoObjective objective : objectives().subList(0, 5)) {
        List<Integer> sample = new ArrayList<>();
        for (int draw = 0; draw < 15; draw++) {
          sample.add(random.nextInt(policy.parameterCount()));
        }
        GradientCheck.of(policy, rows, objective).check(sample);
      }
    }
  }
}
