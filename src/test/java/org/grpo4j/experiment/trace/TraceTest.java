package org.grpo4j.experiment.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.Advantages;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.files.Ledger;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.TestRuns;
import org.grpo4j.experiment.run.RunSetup;
import org.grpo4j.experiment.run.TrainerFactory;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.objective.TokenTerm;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.grpo4j.whatif.WhatIf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

  private static final int UPDATES = 3;

  @TempDir Path directory;

  /** An inspected update with what the trace keeps of it. */
  private record Traced(UpdateTrace trace, TracedUpdate update) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grpo-deepseekmath",
        "dapo",
        "gspo",
        "rloo",
        "remax",
        "reinforce-plus-plus",
        "ppo",
        "ppo-value-head",
        "as-verl",
        "gdpo",
        "otb",
        "as-prime-rl; train.inner_epochs=2",
        "clip-cov; objective.covariance.low=0.01; train.inner_epochs=2; train.learning_rate=0.5",
        "kl-cov; train.inner_epochs=2; train.mini_batches=2",
        "dapo; objective.top_entropy_share=0.5; train.inner_epochs=2; train.learning_rate=0.5",
        "process-supervision",
        "dapo; train.mini_batches=2; model.layers=2; model.experts={kind: routed, count: 4}",
        "ppo-value-head; model.experts={kind: routed, count: 4, width: 6, shared: 0, balance:"
            + " {kind: bias}}"
      })
  void whatIsReadIsWhatWasWrittenAndGivesTheSameNumbersAgain(String preset) throws IOException {
    ExperimentConfig config = config(preset);
    List<Traced> traced = run(config, true, UPDATES);
    TraceHeader header =
        new TraceHeader(
            TraceHeader.SCHEMA,
            "x",
            1,
            "t",
            List.of("_", "$"),
            1,
            4,
            4,
            UPDATES,
            10,
            List.of(),
            2,
            1);
    RunDirectory run = TestRuns.create(directory);
    try (Ledger ledger = Ledger.open(run);
        TraceWriter writer = TraceWriter.open(run, ledger, header)) {
      traced.forEach(one -> writer.write(one.update()));
    }
    TraceReader reader = TraceReader.open(run);
    assertEquals(header, reader.header());
    assertEquals(List.of(0, 1, 2), reader.updates());
    for (Traced one : traced) {
      TracedUpdate read = reader.update(one.trace().update());
      assertEquals(one.update(), read);
      recompute(config, one.trace(), read);
    }
  }

  /** Advantages of all rows and all terms of the traced ones, bit for bit, from the file alone. */
  private static void recompute(ExperimentConfig config, UpdateTrace trace, TracedUpdate read) {
    TraceInputs inputs = new TraceInputs(read);
    AdvantageEstimator estimator = config.advantage().weighted(config.reward().weights());
    Advantages advantages = estimator.estimate(inputs.advantage());
    assertEquals(trace.advantages().perToken(), advantages.perToken());
    for (int s = 0; s < trace.steps().size(); s++) {
      UpdateTrace.OptimizerStep step = trace.steps().get(s);
      ObjectiveResult again =
          WhatIf.evaluate(inputs.request(s, estimator, config.objective().objective())).objective();
      assertEquals(step.objective().objective(), again.objective());
      for (int at = 0; at < step.rows().size(); at++) {
        Optional<TracedCompletion> completion = inputs.completion(step.rows().get(at));
        if (completion.isPresent()) {
          List<TokenTerm> terms = step.objective().terms().get(at);
          assertEquals(terms, again.terms().get(at));
          TracedTokens tokens = completion.get().steps().get(s).orElseThrow();
          for (int t = 0; t < terms.size(); t++) {
            assertEquals(terms.get(t).lossByLogProb(), tokens.coefficients().get(t));
            assertEquals(tokens.coefficients().get(t), again.explain(at, t).value());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dapo", "ppo", "ppo-value-head"})
  void lookingChangesNoBit(String preset) throws IOException {
    ExperimentConfig config = config(preset);
    List<TraceDigest> digests = new ArrayList<>();
    for (Traced one : run(config, true, UPDATES)) {
      digests.add(one.update().digest());
    }
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    try (Workers workers = new Workers(1);
        Policy policy = policy(config, task, streams, workers)) {
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      for (int update = 0; update < UPDATES; update++) {
        UpdateTrace trace = trainer.update(update);
        assertTrue(trace.inspection().isEmpty());
        assertEquals(digests.get(update), TraceDigest.of(trace, policy.parameters()));
      }
    }
  }

  @Test
  void sharesOfAllCompletionsSumToOneAndTokensToTheirCompletion() throws IOException {
    ExperimentConfig config = config("grpo-deepseekmath");
    TracedUpdate update = run(config, true, 1).get(0).update();
    double sum = 0;
    for (TracedGroup group : update.groups()) {
      for (TracedCompletion completion : group.completions()) {
        TracedCompletion.Gradient gradient = completion.gradient().orElseThrow();
        sum += gradient.share();
        assertEquals(gradient.share(), gradient.tokenShares().sum(), 1e-6);
        assertTrue(gradient.norm() <= gradient.tokenNorms().sum() * (1 + 1e-6));
      }
    }
    assertEquals(1, sum, 1e-5);
    double squares = 0;
    for (TracedStep.Block block : update.steps().get(0).blocks()) {
      squares += block.gradientNorm() * block.gradientNorm();
      assertTrue(block.changeNorm() > 0, block.name());
    }
    double norm = update.steps().get(0).gradientNorm();
    assertEquals(norm, Math.sqrt(squares), 1e-9 * norm);
  }

  @Test
  void aRewardedTokenBecomesMoreProbable() throws IOException {
    TracedUpdate update = run(config("dr-grpo"), true, 1).get(0).update();
    double moved = 0;
    for (TracedGroup group : update.groups()) {
      for (TracedCompletion completion : group.completions()) {
        for (int t = 0; t < completion.tokens().size(); t++) {
          double change = completion.afterLogProbs().get(t) - completion.oldLogProbs().get(t);
          moved += change * completion.steps().get(0).orElseThrow().coefficients().get(t);
        }
      }
    }
    assertTrue(moved < 0, "the loss falls to first order: " + moved);
  }

  @Test
  void digestsTellWhichPartDiffersFirst() throws IOException {
    List<Traced> traced = run(config("dapo"), true, 2);
    TraceDigest first = traced.get(0).update().digest();
    TraceDigest second = traced.get(1).update().digest();
    assertEquals(List.of(), first.differences(first));
    assertEquals("rollout", first.differences(second).get(0));
    TraceDigest stepsOnly =
        new TraceDigest(
            first.rollout(), first.rewards(), first.advantages(), "x", first.parameters());
    assertEquals(List.of("steps"), first.differences(stepsOnly));
    assertNotEquals(first, second);
  }

  @Test
  void damageIsNamedWithItsLine() throws IOException {
    RunDirectory run = TestRuns.create(directory);
    IOException none = assertThrows(IOException.class, () -> TraceReader.open(run));
    assertTrue(none.getMessage().contains("trace.groups=0"), none.getMessage());
    ExperimentConfig config = config("dapo");
    TraceHeader header = new TraceHeader(1, "x", 1, "t", List.of(), 1, 4, 4, 1, 1, List.of(), 2, 1);
    try (Ledger ledger = Ledger.open(run);
        TraceWriter writer = TraceWriter.open(run, ledger, header)) {
      run(config, true, 1).forEach(one -> writer.write(one.update()));
    }
    Path file = run.traceLines();
    String line = Files.readString(file);
    Files.writeString(file, line + line.replace("{\"update\":0", "{\"update\":1").substring(0, 90));
    assertEquals(List.of(0), TraceReader.open(run).updates());
    Files.writeString(file, line.replace("\"after\":", "\"afterwards\":"));
    IOException changed = assertThrows(IOException.class, () -> TraceReader.open(run));
    assertTrue(changed.getMessage().contains("changed at line 1"), changed.getMessage());
    TestRuns.accept(run.path());
    TraceReader reader = TraceReader.open(run);
    IOException wrong = assertThrows(IOException.class, () -> reader.update(0));
    assertTrue(wrong.getMessage().contains("line 1"), wrong.getMessage());
    assertTrue(wrong.getMessage().contains("after"), wrong.getMessage());
    assertFalse(wrong.getMessage().contains("\n"), wrong.getMessage());
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> reader.update(7));
    assertTrue(missing.getMessage().contains("0 to 0"), missing.getMessage());
  }

  private static List<Traced> run(ExperimentConfig config, boolean gradients, int updates) {
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    List<Traced> traced = new ArrayList<>();
    try (Workers workers = new Workers(1);
        Policy policy = policy(config, task, streams, workers)) {
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      UpdateInspector inspector =
          UpdateInspector.of(
              config.train().promptsPerUpdate(),
              gradients ? 1 : 0,
              new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers));
      for (int update = 0; update < updates; update++) {
        UpdateTrace trace = trainer.update(update, inspector);
        DoubleVector parameters = policy.parameters();
        traced.add(new Traced(trace, UpdateTracer.of(trace, UpdateMetrics.of(trace), parameters)));
      }
    }
    return traced;
  }

  private static Policy policy(
      ExperimentConfig config, TaskSource task, RandomStreams streams, Workers workers) {
    return config.critic().prepare(config.model().create(task, streams, workers), 1, workers);
  }

  /** A small network on a task whose rewards differ from the start. */
  /** A preset, and settings after semicolons. */
  private ExperimentConfig config(String presetAndSettings) throws IOException {
    Path file = directory.resolve("mine.yaml");
    String preset = presetAndSettings.split("; ")[0];
    List<String> settings = new ArrayList<>(List.of(presetAndSettings.split("; ")));
    settings.set(0, "model={kind: transformer, width: 8, heads: 2, feed_forward: 8}");
    settings.add("train.prompts=4");
    settings.add("train.group_size=16");
    Files.writeString(
        file, "extends: [digit-sum-mod10.yaml, presets/" + preset + ".yaml]\nname: mine\n");
    return new ExperimentFiles(List.of(Path.of("experiments"))).read(file, settings);
  }
}
