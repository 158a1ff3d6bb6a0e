package org.grpo4j.experiment.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.run.RunSetup;
import org.grpo4j.experiment.run.TrainerFactory;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ClipBranch;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.TokenTerm;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every metric of an update again, from what the update kept of each token, by plain sums written
 * down here a second time. Mini-batches differ in size and some have no token that counts, so that
 * a mean of step means would not be the mean over tokens.
 */
class MetricsFromTraceTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grpo-deepseekmath | 4 | train.inner_epochs=2",
        "ppo               | 1 | train.inner_epochs=2",
        "ppo               | 1 | objective.mask_truncated=true",
        "ppo-value-head    | 1 | train.inner_epochs=3",
        "rloo              | 4 | train.inner_epochs=2",
        "grpo-deepseekmath | 4 | objective.mask_truncated=true",
        "dapo              | 4 | objective.top_entropy_share=0.2",
        "gspo              | 4 | objective.mask_truncated=true; train.inner_epochs=2",
        "cispo             | 4 | train.inner_epochs=2",
        "reinforce         | 1 | objective.mask_truncated=true",
        "kl-cov            | 4 | train.inner_epochs=2",
        "as-prime-rl       | 4 | train.inner_epochs=2",
        "gmpo              | 4 | train.inner_epochs=2"
      })
  void everyMetricIsThatOfTheTokensAndRows(String preset, int groupSize, String setting)
      throws IOException {
    boolean clipped = false;
    for (UpdateTrace trace :
        run(preset, groupSize, (setting + "; train.mini_batches=5").split("; "))) {
      Map<String, Double> metrics = UpdateMetrics.of(trace).named();
      Map<String, Double> again = new Again(trace, preset).all();
      assertEquals(new TreeMap<>(metrics).keySet(), new TreeMap<>(again).keySet());
      metrics.forEach((name, value) -> same(name, again.get(name), value));
      clipped |= metrics.get("clip_ratio/region_mean") > 0;
    }
    assertTrue(clipped || !preset.equals("gspo"), "nothing was clipped, so nothing was shown");
  }

  /** An update without a token that counts says nothing of tokens, and least of all 0. */
  @Test
  void anUpdateWithoutTokensHasNoMetricsOfTokens() throws IOException {
    boolean seen = false;
    for (UpdateTrace trace :
        run("grpo-deepseekmath", 2, "objective.mask_truncated=true", "train.prompts=1")) {
      UpdateMetrics metrics = UpdateMetrics.of(trace);
      int tokens = new Again(trace, "").tokens.size();
      seen |= tokens == 0;
      for (String name : List.of("entropy", "loss", "kl", "approx_kl", "clip_ratio/region_mean")) {
        assertEquals(tokens == 0, Double.isNaN(metrics.get(name)), name);
      }
      assertTrue(Double.isFinite(metrics.get("grad_norm")));
      assertTrue(Double.isFinite(trace.steps().get(0).objective().klLoss()), "0 in the loss");
    }
    assertTrue(seen, "no update was without tokens");
  }

  private static void same(String name, double expected, double actual) {
    double tolerance = 1e-12 * Math.max(1, Math.abs(expected));
    assertTrue(
        Double.isNaN(expected) ? Double.isNaN(actual) : Math.abs(expected - actual) <= tolerance,
        name + ": expected " + expected + ", got " + actual);
  }

  /** Four updates of six prompts. */
  private List<UpdateTrace> run(String preset, int groupSize, String... settings)
      throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(
        file, "extends: [digit-sum-mod10.yaml, presets/" + preset + ".yaml]\nname: mine\n");
    List<String> all = new ArrayList<>();
    all.add("model={kind: transformer, width: 8, heads: 2, feed_forward: 8}");
    all.add("train.prompts=6");
    all.add("train.learning_rate=0.05");
    all.add("train.group_size=" + groupSize);
    all.addAll(List.of(settings));
    ExperimentConfig config = new ExperimentFiles(List.of(Path.of("experiments"))).read(file, all);
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    List<UpdateTrace> traces = new ArrayList<>();
    try (Workers workers = new Workers(1);
        Policy policy =
            config.critic().prepare(config.model().create(task, streams, workers), 1, workers)) {
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      for (int update = 0; update < 4; update++) {
        traces.add(trainer.update(update));
      }
    }
    return traces;
  }

  /** A token that counts, in one optimiser step. */
  private record Token(TokenTerm term, double entropy) {
    double logRatio() {
      return term.logProb() - term.oldLogProb();
    }
  }

  /** The metrics of one update. */
  private static final class Again {

    private final UpdateTrace trace;
    private final String preset;
    private final List<List<Token>> rows = new ArrayList<>();
    private final List<Token> tokens = new ArrayList<>();
    private final List<UpdateTrace.OptimizerStep> withTokens = new ArrayList<>();

    Again(UpdateTrace trace, String preset) {
      this.trace = trace;
      this.preset = preset;
      for (UpdateTrace.OptimizerStep step : trace.steps()) {
        ObjectiveInputs inputs = step.objective().inputs();
        int before = tokens.size();
        for (int i = 0; i < step.rows().size(); i++) {
          List<Token> row = new ArrayList<>();
          for (int t = 0; t < inputs.mask().length(i); t++) {
            if (inputs.mask().get(i, t) != 0) {
              double entropy = inputs.entropies().orElseThrow().get(i, t);
              row.add(new Token(step.objective().token(i, t), entropy));
            }
          }
          tokens.addAll(row);
          if (!row.isEmpty()) {
            rows.add(row);
          }
        }
        if (tokens.size() > before) {
          withTokens.add(step);
        }
      }
    }

    Map<String, Double> all() {
      Map<String, Double> all = new LinkedHashMap<>();
      rewards(all);
      lengths(all);
      all.put("entropy", mean(tokens.stream().mapToDouble(Token::entropy).toArray()));
      all.put("loss", mean(withTokens.stream().mapToDouble(s -> s.objective().loss()).toArray()));
      all.put(
          "policy_loss",
          mean(withTokens.stream().mapToDouble(s -> s.objective().policyLoss()).toArray()));
      if (trace.reference().isPresent()) {
        all.put("kl", mean(tokens.stream().mapToDouble(one -> one.term().kl()).toArray()));
      }
      double[] ratios = tokens.stream().mapToDouble(one -> Math.exp(one.logRatio())).toArray();
      double[] k3 =
          tokens.stream().mapToDouble(one -> Math.expm1(one.logRatio()) - one.logRatio()).toArray();
      all.put("approx_kl", mean(k3));
      double low = clipped(ClipBranch.CLIPPED_LOW);
      double high = clipped(ClipBranch.CLIPPED_HIGH);
      all.put("clip_ratio/low_mean", low);
      all.put("clip_ratio/high_mean", high);
      all.put("clip_ratio/region_mean", low + high);
      all.put("ratio/mean", mean(ratios));
      all.put("ratio/max", ratios.length == 0 ? Double.NaN : StatUtils.max(ratios));
      critic(all);
      all.put(
          "learning_rate",
          mean(trace.steps().stream().mapToDouble(s -> s.learningRate()).toArray()));
      all.put(
          "grad_norm",
          mean(trace.steps().stream().mapToDouble(s -> s.gradient().gradientNorm()).toArray()));
      return all;
    }

    /** Over tokens, or over rows where a row has one ratio. */
    private double clipped(ClipBranch branch) {
      boolean byRow = preset.equals("gspo") || preset.equals("rloo");
      List<Double> shares = new ArrayList<>();
      for (List<Token> row : rows) {
        double[] is = row.stream().mapToDouble(t -> t.term().branch() == branch ? 1 : 0).toArray();
        if (byRow) {
          shares.add(mean(is));
        } else {
          for (double one : is) {
            shares.add(one);
          }
        }
      }
      return mean(shares.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private void rewards(Map<String, Double> all) {
      double[] scores = trace.rewards().stream().mapToDouble(r -> r.total()).toArray();
      all.put("reward", mean(scores));
      all.put("reward_std", Math.sqrt(StatUtils.variance(scores)));
      DoubleVector compared = trace.advantages().inputs().rewards();
      double[] deviations = new double[trace.rollout().groups().size()];
      double dead = 0;
      int row = 0;
      for (int g = 0; g < deviations.length; g++) {
        int size = trace.rollout().groups().get(g).size();
        double[] ofGroup = Arrays.copyOfRange(scores, row, row + size);
        double[] given = Arrays.copyOfRange(compared.toArray(), row, row + size);
        deviations[g] = size < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(ofGroup));
        dead += StatUtils.max(given) == StatUtils.min(given) ? 1 : 0;
        row += size;
      }
      boolean groups = row > deviations.length;
      all.put("reward_group_std", groups ? mean(deviations) : Double.NaN);
      all.put("rewards/character-credit/mean", mean(scores));
      all.put("frac_reward_zero_std", groups ? dead / deviations.length : Double.NaN);
      // Credit for characters does not know right from wrong.
      all.put("frac_reward_zero_std/all_right", Double.NaN);
      all.put("frac_reward_zero_std/all_wrong", Double.NaN);
    }

    private void lengths(Map<String, Double> all) {
      List<Completion> completions = trace.rollout().completions();
      double[] lengths = completions.stream().mapToDouble(Completion::length).toArray();
      all.put("completions/mean_length", mean(lengths));
      all.put("completions/min_length", StatUtils.min(lengths));
      all.put("completions/max_length", StatUtils.max(lengths));
      all.put(
          "completions/clipped_ratio",
          mean(completions.stream().mapToDouble(c -> c.truncated() ? 1 : 0).toArray()));
      all.put("frac_completions_used", 1.0 * lengths.length / trace.sampled().completions());
    }

    private void critic(Map<String, Double> all) {
      if (trace.steps().get(0).value().isEmpty()) {
        return;
      }
      double[] losses =
          withTokens.stream().mapToDouble(s -> s.value().orElseThrow().loss().loss()).toArray();
      all.put("value_loss", mean(losses));
      all.put("value_clip_ratio", tokens.isEmpty() ? Double.NaN : 0);
      TokenTable values = trace.advantages().inputs().values().orElseThrow();
      TokenTable returns = trace.advantages().returns().orElseThrow();
      double[] v = flat(values, trace.advantages().inputs().mask());
      double[] r = flat(returns, trace.advantages().inputs().mask());
      double[] errors = new double[v.length];
      for (int i = 0; i < v.length; i++) {
        errors[i] = r[i] - v[i];
      }
      double explained = 1 - StatUtils.populationVariance(errors) / StatUtils.populationVariance(r);
      boolean noise = Math.sqrt(StatUtils.populationVariance(r)) < 1e-12;
      all.put("explained_variance", noise ? Double.NaN : explained);
      all.put("values/mean", mean(v));
      if (trace.steps().get(0).value().get().gradient().isPresent()) {
        double[] norms =
            trace.steps().stream()
                .mapToDouble(s -> s.value().orElseThrow().gradient().orElseThrow().gradientNorm())
                .toArray();
        all.put("critic_grad_norm", mean(norms));
      }
    }

    private static double[] flat(TokenTable table, TokenTable mask) {
      List<Double> all = new ArrayList<>();
      for (int i = 0; i < table.rows(); i++) {
        for (int t = 0; t < table.length(i); t++) {
          if (mask.get(i, t) != 0) {
            all.add(table.get(i, t));
          }
        }
      }
      return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double mean(double[] values) {
      return values.length == 0 ? Double.NaN : StatUtils.mean(values);
    }
  }
}
