package org.grpo4j.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.grpo4j.advantage.BestOfGroup;
import org.grpo4j.advantage.GroupFilter;
import org.grpo4j.advantage.SampleFilter;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.LengthStatistics;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.ImportanceCorrection.OutOfBounds;
import org.grpo4j.objective.ImportanceCorrection.Unit;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.OffPolicyRowMask;
import org.grpo4j.objective.TopEntropyMask;
import org.grpo4j.reward.OverlongPenalty;

/** Kinds around the loss: masks, weights, filters, controllers. */
final class ShapingChecks {

  private ShapingChecks() {}

  static Map<String, Function<VectorCase, Answers>> kinds() {
    return Map.of(
        "overlong_penalty", ShapingChecks::overlong,
        "truncation", ShapingChecks::truncation,
        "importance_weights", ShapingChecks::importanceWeights,
        "top_entropy_mask", ShapingChecks::topEntropy,
        "off_policy_mask", ShapingChecks::offPolicy,
        "dynamic_sampling", ShapingChecks::dynamicSampling,
        "selection", ShapingChecks::selection);
  }

  private static Answers overlong(VectorCase vectorCase) {
    OverlongPenalty penalty = overlongPenalty(vectorCase.options());
    int maxLength = vectorCase.options().integer("max_length");
    DoubleVector lengths = vectorCase.inputs().vector("lengths");
    return new Answers()
        .with("penalty", lengths.size(), i -> penalty.penalty((int) lengths.get(i), maxLength));
  }

  static OverlongPenalty overlongPenalty(CaseValues options) {
    return new OverlongPenalty(
        options.integer("cache"), options.number("factor", 1), options.flag("capped", true));
  }

  private static Answers truncation(VectorCase vectorCase) {
    TokenTable ids = vectorCase.inputs().table("completion_ids");
    double end = vectorCase.options().number("eos_id");
    double pad = vectorCase.options().number("pad_id");
    double[] lengths = new double[ids.rows()];
    double[] truncated = new double[ids.rows()];
    int columns = 0;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = ids.length(i);
      columns = Math.max(columns, ids.length(i));
      double last = ids.length(i) == 0 ? pad : ids.get(i, ids.length(i) - 1);
      truncated[i] = last == end || last == pad ? 0 : 1;
    }
    DoubleVector cut = DoubleVector.of(truncated);
    TokenTable mask = TokenAdvantageChecks.maskOfLengths(DoubleVector.of(lengths), columns);
    LengthStatistics statistics = LengthStatistics.of(DoubleVector.of(lengths), cut);
    return new Answers()
        .with("truncated", cut)
        .with("mask", mask)
        .with("mask_without_truncated", Masks.keepRows(mask, not(cut)))
        .with("mean_length", statistics.mean())
        .with("min_length", statistics.min())
        .with("max_length", statistics.max())
        .with("clipped_ratio", statistics.truncatedShare())
        .with("mean_terminated_length", statistics.terminatedMean())
        .with("min_terminated_length", statistics.terminatedMin())
        .with("max_terminated_length", statistics.terminatedMax());
  }

  /** 1 for 0 and 0 for anything else. */
  static DoubleVector not(DoubleVector flags) {
    double[] not = new double[flags.size()];
    Arrays.setAll(not, i -> flags.get(i) == 0 ? 1 : 0);
    return DoubleVector.of(not);
  }

  private static Answers importanceWeights(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    String mode = vectorCase.options().text("mode", "");
    Unit unit = mode.startsWith("sequence_") ? Unit.SEQUENCE : Unit.TOKEN;
    OutOfBounds outOfBounds = mode.endsWith("_mask") ? OutOfBounds.MASK : OutOfBounds.TRUNCATE;
    ImportanceCorrection correction =
        new ImportanceCorrection(
            unit,
            outOfBounds,
            vectorCase.options().number("min", 0),
            vectorCase.options().number("max", Double.POSITIVE_INFINITY));
    TokenTable weights =
        correction.weights(
            inputs.table("train_logp"), inputs.table("sampler_logp"), inputs.table("mask"));
    if (unit == Unit.TOKEN) {
      return new Answers().with("weights", weights);
    }
    double[][] perRow = new double[weights.rows()][];
    Arrays.setAll(perRow, i -> new double[] {weights.get(i, 0)});
    return new Answers().with("weights", TokenTable.of(perRow));
  }

  private static Answers topEntropy(VectorCase vectorCase) {
    TokenTable entropies = vectorCase.inputs().table("entropies");
    TokenTable mask = vectorCase.inputs().table("mask");
    TopEntropyMask top = new TopEntropyMask(vectorCase.options().number("rho"));
    return new Answers()
        .with("token_mask", top.tokenWeights(entropies, mask))
        .with("threshold", top.threshold(entropies, mask));
  }

  private static Answers offPolicy(VectorCase vectorCase) {
    CaseValues inputs = vectorCase.inputs();
    TokenTable mask = inputs.table("mask");
    DoubleVector advantages = inputs.vector("advantages");
    ObjectiveInputs objectiveInputs =
        ObjectiveInputs.of(
            inputs.table("logp"),
            inputs.table("old_logp"),
            Masks.spread(advantages, mask),
            mask,
            RowGroups.consecutive(mask.rows(), 1));
    OffPolicyRowMask rowMask = new OffPolicyRowMask(vectorCase.options().number("threshold"));
    IntToDoubleFunction drop = objectiveInputs::meanLogProbDrop;
    return new Answers()
        .with(
            "keep",
            mask.rows(),
            i -> rowMask.keeps(advantages.get(i), drop.applyAsDouble(i)) ? 1 : 0)
        .with("mean_log_ratio", mask.rows(), drop);
  }

  private static Answers dynamicSampling(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    String rule = options.text("rule", "");
    GroupFilter filter =
        switch (rule) {
          case "std_positive" -> new GroupFilter.RewardsDiffer(1);
          case "mean_in_open_range" ->
              new GroupFilter.MeanInOpenRange(options.number("low"), options.number("high"), 1);
          default -> throw new UnsupportedOptionException("rule: " + rule);
        };
    DoubleVector rewards = vectorCase.inputs().vector("rewards");
    RowGroups groups = vectorCase.groups(rewards.size());
    return new Answers()
        .with(
            "keep",
            groups.count(),
            g -> filter.keeps(Moments.ofPresent(groups.select(g, rewards))) ? 1 : 0);
  }

  private static Answers selection(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    DoubleVector rewards = vectorCase.inputs().vector("rewards");
    String method = options.text("method", "");
    int[] selected =
        switch (method) {
          case "best_of_n" -> BestOfGroup.rows(rewards, vectorCase.groups(rewards.size()));
          case "filter" -> {
            DoubleVector keep = new SampleFilter(options.number("threshold")).keep(rewards);
            yield IntStream.range(0, keep.size()).filter(row -> keep.get(row) != 0).toArray();
          }
          default -> throw new UnsupportedOptionException("method: " + method);
        };
    return new Answers()
        .with("indices", selected.length, i -> selected[i])
        .with("rewards", selected.length, i -> rewards.get(selected[i]));
  }
}
