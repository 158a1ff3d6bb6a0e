package org.grpo4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Moments;
import org.grpo4j.math.TokenTable;
import org.grpo4j.metric.Metric;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.policy.Routing;

/**
 * The distance of the policy that learns, before the first step of an update, from the one that
 * sampled; each through the experts that its passes go through.
 *
 * @param logRatios {@code log pi - log q} of every token, {@code [N][T_i]}
 * @param changed 1 for the tokens whose experts differ, one table for each layer with experts
 * @param corrected share of tokens, or of completions where one has one factor, whose importance
 *     correction (Eq. 53) is outside its bounds; empty without a correction
 */
public record SamplerDrift(
    TokenTable logRatios, List<TokenTable> changed, OptionalDouble corrected) {

  public SamplerDrift {
    changed = List.copyOf(changed);
  }

  /**
   * The distance by log-probabilities and experts of both.
   *
   * @param learner {@code log pi}
   * @param sampler {@code log q}
   * @param mask 1 for tokens that count in the correction
   */
  static SamplerDrift of(
      TokenTable learner,
      TokenTable sampler,
      TokenTable mask,
      Optional<Routing> ofLearner,
      Optional<Routing> ofSampler,
      Optional<ImportanceCorrection> correction) {
    double[][] logRatios = learner.toArrays();
    for (int i = 0; i < logRatios.length; i++) {
      for (int t = 0; t < logRatios[i].length; t++) {
        logRatios[i][t] -= sampler.get(i, t);
      }
    }
    List<TokenTable> changed = new ArrayList<>();
    if (ofLearner.isPresent() && ofSampler.isPresent()) {
      for (int layer = 0; layer < ofLearner.get().layers(); layer++) {
        changed.add(ofLearner.get().changed(ofSampler.get(), layer));
      }
    }
    OptionalDouble corrected =
        correction.isPresent()
            ? OptionalDouble.of(correction.get().outside(learner, sampler, mask))
            : OptionalDouble.empty();
    return new SamplerDrift(TokenTable.of(logRatios), changed, corrected);
  }

  /** The numbers by name; of policies without experts those that know nothing of experts. */
  Map<String, Double> metrics() {
    Map<String, Double> named = new LinkedHashMap<>();
    double[] all = logRatios((row, token) -> true);
    double kl = 0;
    for (double logRatio : all) {
      kl += KlEstimator.K3.value(-logRatio) / all.length;
    }
    named.put(Metric.SAMPLING_KL.key(), kl);
    named.put(Metric.SAMPLING_RATIO_LOW.key(), ratio(all, 0.01));
    named.put(Metric.SAMPLING_RATIO_MEDIAN.key(), ratio(all, 0.5));
    named.put(Metric.SAMPLING_RATIO_HIGH.key(), ratio(all, 0.99));
    double[] rows = new double[logRatios.rows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = logRatios.row(i).sum() / logRatios.length(i);
    }
    named.put(Metric.SAMPLING_ROW_RATIO_LOW.key(), ratio(rows, 0.01));
    named.put(Metric.SAMPLING_ROW_RATIO_MEDIAN.key(), ratio(rows, 0.5));
    named.put(Metric.SAMPLING_ROW_RATIO_HIGH.key(), ratio(rows, 0.99));
    corrected.ifPresent(share -> named.put(Metric.SAMPLING_CORRECTED.key(), share));
    if (!changed.isEmpty()) {
      putChanged(named);
    }
    return named;
  }

  private void putChanged(Map<String, Double> named) {
    double tokens = logRatios.tokens();
    double[] moved = logRatios(this::isChanged);
    double[] stayed = logRatios((row, token) -> !isChanged(row, token));
    named.put(Metric.SAMPLING_CHANGED.key(), moved.length / tokens);
    for (int layer = 0; layer < changed.size(); layer++) {
      TokenTable ofLayer = changed.get(layer);
      double[] of = logRatios((row, token) -> ofLayer.get(row, token) != 0);
      named.put(Metric.SAMPLING_CHANGED.of("layer" + layer), of.length / tokens);
    }
    named.put(Metric.SAMPLING_RATIO_LOW.of("changed"), ratio(moved, 0.01));
    named.put(Metric.SAMPLING_RATIO_MEDIAN.of("changed"), ratio(moved, 0.5));
    named.put(Metric.SAMPLING_RATIO_HIGH.of("changed"), ratio(moved, 0.99));
    named.put(Metric.SAMPLING_RATIO_LOW.of("same"), ratio(stayed, 0.01));
    named.put(Metric.SAMPLING_RATIO_MEDIAN.of("same"), ratio(stayed, 0.5));
    named.put(Metric.SAMPLING_RATIO_HIGH.of("same"), ratio(stayed, 0.99));
  }

  private boolean isChanged(int row, int token) {
    return changed.stream().anyMatch(ofLayer -> ofLayer.get(row, token) != 0);
  }

  private double[] logRatios(BiPredicate<Integer, Integer> counts) {
    double[] some = new double[logRatios.tokens()];
    int next = 0;
    for (int i = 0; i < logRatios.rows(); i++) {
      for (int t = 0; t < logRatios.length(i); t++) {
        if (counts.test(i, t)) {
          some[next++] = logRatios.get(i, t);
        }
      }
    }
    return Arrays.copyOf(some, next);
  }

  private static double ratio(double[] logRatios, double share) {
    return Elementary.exp(Moments.quantile(logRatios, share));
  }
}
