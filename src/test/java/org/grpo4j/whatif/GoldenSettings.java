package org.grpo4j.whatif;

import java.util.Map;
import org.grpo4j.verify.CaseValues;
import org.grpo4j.verify.VectorCase;

/** The options of golden cases as settings. */
final class GoldenSettings {

  private static final Map<String, String> OBJECTIVE_NUMBERS =
      Map.ofEntries(
          Map.entry("dual_clip_c", "bound"),
          Map.entry("delta", "delta"),
          Map.entry("cispo_min", "minRatio"),
          Map.entry("cispo_max", "maxRatio"),
          Map.entry("tau_pos", "tauPositive"),
          Map.entry("tau_neg", "tauNegative"),
          Map.entry("norm_constant", "divisor"),
          Map.entry("normalizer_tokens", "divisor"),
          Map.entry("beta", "beta"),
          Map.entry("kl_clamp_log", "klLogBound"),
          Map.entry("kl_clamp_value", "klValueBound"),
          Map.entry("off_policy_threshold", "offPolicyThreshold"),
          Map.entry("log_ratio_clamp", "logRatioBound"));

  private GoldenSettings() {}

  static SettingValues advantage(VectorCase one) {
    return switch (one.kind()) {
      case "advantage_rloo" -> leaveOneOut(one.options());
      case "advantage_remax" -> estimator("greedy-baseline");
      case "advantage_reinforce_pp_baseline" ->
          whitening(estimator("whitened-group-baseline"), one.options());
      default ->
          switch (one.options().text("baseline", "group")) {
            case "batch" -> estimator("batch-mean");
            case "none" -> estimator("raw-reward");
            default -> groupRelative(one.options());
          };
    };
  }

  /** Of a pipeline. */
  static SettingValues advantage(CaseValues options) {
    return switch (options.text("estimator", "")) {
      case "group" -> groupRelative(options);
      case "rloo" -> leaveOneOut(options);
      case "batch_mean" -> estimator("batch-mean");
      case "none" -> estimator("raw-reward");
      case "remax" -> estimator("greedy-baseline");
      case "reinforce_pp" ->
          whitening(estimator("reinforce-plus-plus"), options)
              .with("gamma", options.number("gamma", 1));
      case "reinforce_pp_baseline" -> whitening(estimator("whitened-group-baseline"), options);
      case "filter_correct" ->
          estimator("positive-only").with("threshold", options.number("threshold"));
      default -> throw new IllegalArgumentException(options.text("estimator", ""));
    };
  }

  private static SettingValues estimator(String id) {
    return SettingValues.defaults().with("estimator", id);
  }

  private static SettingValues groupRelative(CaseValues options) {
    return estimator("group-relative")
        .with("scale", options.text("scale", "group"))
        .with("deviation", deviation(options))
        .with("stdEpsilon", options.number("eps", 1e-4))
        .with("singleton", options.has("singleton") ? "raw-reward" : "zero");
  }

  private static SettingValues leaveOneOut(CaseValues options) {
    return estimator("leave-one-out")
        .with("whitening", options.flag("normalize", false) ? "batch" : "none")
        .with("whiteningDeviation", deviation(options))
        .with("whiteningEpsilon", options.number("eps", 1e-4))
        .with("whiteningEpsilonPlacement", "added-to-deviation");
  }

  private static SettingValues whitening(SettingValues values, CaseValues options) {
    boolean added = options.text("eps_mode", "add_var").equals("add_var");
    return values
        .with("whiteningDeviation", deviation(options))
        .with("whiteningEpsilon", options.number("eps", 1e-8))
        .with("whiteningEpsilonPlacement", added ? "added-to-variance" : "floor-of-variance");
  }

  private static String deviation(CaseValues options) {
    return options.number("ddof", 1) == 0 ? "population" : "sample";
  }

  static SettingValues objective(CaseValues options) {
    String surrogate = surrogate(options);
    SettingValues values =
        SettingValues.defaults()
            .with("surrogate", surrogate)
            .with("ratioLevel", ratioLevel(options))
            .with("aggregation", aggregation(options))
            .with("emptyRows", options.text("empty_rows", "count"))
            .with("klEstimator", klEstimator(options))
            .with("klRatioWeighted", String.valueOf(options.flag("kl_ratio_weighted", false)));
    boolean clipsInRatio = options.text("surrogate", "clip").equals("gmpo");
    values =
        values
            .with(clipsInRatio ? "epsilonLow" : "clipLow", options.number("epsilon_low", 0.2))
            .with(clipsInRatio ? "epsilonHigh" : "clipHigh", options.number("epsilon_high", 0.2));
    for (Map.Entry<String, String> entry : OBJECTIVE_NUMBERS.entrySet()) {
      if (options.has(entry.getKey())) {
        values = values.with(entry.getValue(), options.number(entry.getKey()));
      }
    }
    return values;
  }

  private static String surrogate(CaseValues options) {
    String name = options.text("surrogate", "clip");
    return switch (name) {
      case "clip" -> options.has("delta") ? "two-sided" : "clip";
      case "dual_clip" -> "dual-clip";
      case "is", "gmpo" -> "unclipped";
      default -> name;
    };
  }

  private static String ratioLevel(CaseValues options) {
    return switch (options.text("surrogate", "clip")) {
      case "gmpo" -> "clipped-geometric-mean";
      case "vespo" -> "bounded-product";
      default ->
          options
              .text("ratio_level", "token")
              .replace("sequence_sum", "sequence-product")
              .replace('_', '-');
    };
  }

  private static String aggregation(CaseValues options) {
    if (options.has("normalizer_tokens")) {
      return "sum-norm";
    }
    return options
        .text("aggregation", "seq_mean_token_mean")
        .replace("seq_", "sequence_")
        .replace('_', '-');
  }

  private static String klEstimator(CaseValues options) {
    return options
        .text("kl_estimator", "k3")
        .replace("abs", "absolute")
        .replace("k3_plus", "k3-straight-through");
  }
}
