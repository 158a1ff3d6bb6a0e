package org.grpo4j.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  static Map<String, KindCheck> kinds() {
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
    double[] penalties = vectorCase.inputs().vector("lengths").toArray();
    for (int i = 0; i < penalties.length; i++) {
      penalties[i] = penalty.penalty((int) penalties[i], maxLength);
    }
    return new Answers().with("penalty", DoubleVector.of(penalties));
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
    for (int i = 0; i < not.length; i++) {
      not[i] = flags.get(i) == 0 ? 1 : 0;
    }
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
    List<DoubleVector> perRow = new ArrayList<>();
    for (int i = 0; i < weights.rows(); i++) {
      perRow.add(DoubleVector.of(weights.get(i, 0)));
    }
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
    double[] keep = new double[mask.rows()];
    double[] means = new double[mask.rows()];
    for (int i = 0; i < keep.length; i++) {
      means[i] = objectiveInputs.meanLogProbDrop(i);
      keep[i] = rowMask.keeps(advantages.get(i), means[i]) ? 1 : 0;
    }
    return new Answers()
        .with("keep", DoubleVector.of(keep))
        .with("mean_log_ratio", DoubleVector.of(means));
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
    RowGroups groups = RowGroups.consecutive(rewards.size(), options.integer("group_size"));
    double[] keep = new double[groups.count()];
    for (int g = 0; g < keep.length; g++) {
      keep[g] = filter.keeps(Moments.ofPresent(groups.select(g, rewards))) ? 1 : 0;
    }
    return new Answers().with("keep", DoubleVector.of(keep));
  }

  private static Answers selection(VectorCase vectorCase) {
    CaseValues options = vectorCase.options();
    DoubleVector rewards = vectorCase.inputs().vector("rewards");
    List<Double> indices = new ArrayList<>();
    String method = options.text("method", "");
    if (method.equals("best_of_n")) {
      RowGroups groups = RowGroups.consecutive(rewards.size(), options.integer("group_size"));
      for (int row : BestOfGroup.rows(rewards, groups)) {
        indices.add((double) row);
      }
    } else if (method.equals("filter")) {
      DoubleVector keep = new SampleFilter(options.number("threshold")).keep(rewards);
      for (int row = 0; row < keep.size(); row++) {
        if (keep.get(row) != 0) {
          indices.add((double) row);
        }
      }
    } else {
      throw new UnsupportedOptionException("method: " + method);
    }
    double[] selected = new double[indices.size()];
    double[] selectedRewards = new double[indices.size()];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = indices.get(i);
      selectedRewards[i] = rewards.get((int) selected[i]);
    }
    return new Answers()
        .with("indices", DoubleVector.of(selected))
        .with("rewards", DoubleVector.of(selectedRewards));
  }
}
