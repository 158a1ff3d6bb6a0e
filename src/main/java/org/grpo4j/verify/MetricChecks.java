package org.grpo4j.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.BestAtK;
import org.grpo4j.metric.ExplainedVariance;
import org.grpo4j.metric.MajorityVote;
import org.grpo4j.metric.PassAtK;
import org.grpo4j.metric.RewardStatistics;
import org.grpo4j.policy.GradientClipping;

/** Kinds of metrics. */
final class MetricChecks {

  private static final double NORM_EPSILON = 1e-6;

  private MetricChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "pass_at_k", MetricChecks::passAtK,
        "best_at_k", MetricChecks::bestAtK,
        "majority_vote", MetricChecks::majorityVote,
        "explained_variance", MetricChecks::explainedVariance,
        "reward_statistics", MetricChecks::rewardStatistics,
        "grad_norm", MetricChecks::gradientNorm);
  }

  private static Answers passAtK(VectorCase vectorCase) {
    DoubleVector n = vectorCase.inputs().vector("n");
    DoubleVector c = vectorCase.inputs().vector("c");
    DoubleVector k = vectorCase.inputs().vector("k");
    return new Answers()
        .with(
            "pass_at_k",
            n.size(),
            i -> PassAtK.unbiased((int) n.get(i), (int) c.get(i), (int) k.get(i)));
  }

  private static Answers bestAtK(VectorCase vectorCase) {
    DoubleVector scores = vectorCase.inputs().vector("scores");
    return new Answers().with("best_at_k", scores.size(), i -> BestAtK.expected(scores, i + 1));
  }

  private static Answers majorityVote(VectorCase vectorCase) {
    List<String> answers = vectorCase.inputs().texts("answers");
    DoubleVector correct = vectorCase.inputs().vector("correct");
    int winner = MajorityVote.winner(answers);
    return new Answers()
        .with("winner", answers.get(winner))
        .with("value", correct.get(winner))
        .with(
            "maj_at_k",
            answers.size(),
            i -> MajorityVote.expectedOverSubsets(answers, correct, i + 1));
  }

  private static Answers explainedVariance(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    return new Answers()
        .with(
            "explained_variance",
            ExplainedVariance.of(
                inputs.table("values"), inputs.table("returns"), inputs.table("mask")));
  }

  private static Answers rewardStatistics(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    AdvantageInputs inputs = Estimators.inputs(vectorCase);
    RewardStatistics statistics =
        RewardStatistics.of(inputs.rewards(), inputs.groups(), Estimators.deviation(options));
    return new Answers()
        .with("reward_mean", statistics.mean())
        .with("reward_std", statistics.standardDeviation())
        .with("frac_zero_std", AdvantageChecks.deadShare(inputs));
  }

  private static Answers gradientNorm(VectorCase vectorCase) {
    if (vectorCase.options().number("eps", NORM_EPSILON) != NORM_EPSILON) {
      throw new UnsupportedOptionException("eps: only 1e-6");
    }
    TokenTable gradients = vectorCase.inputs().table("gradients");
    double[] flat = Arrays.stream(gradients.toArrays()).flatMapToDouble(Arrays::stream).toArray();
    GradientClipping clipping = GradientClipping.of(flat, vectorCase.options().number("max_norm"));
    return new Answers()
        .with("norm", clipping.norm())
        .with("clipped", gradients.times(clipping.factor()));
  }
}
