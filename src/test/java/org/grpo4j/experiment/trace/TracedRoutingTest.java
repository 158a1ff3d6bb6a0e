package org.grpo4j.experiment.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.run.RunSetup;
import org.grpo4j.experiment.run.TrainerFactory;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.Workers;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.inspection.UpdateInspector;
import org.grpo4j.train.sampling.GreedyDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a trace says of experts is how the policy routed, and nothing is said where there are none.
 */
class TracedRoutingTest {

  private static final String EXPERTS =
      "model.experts={kind: routed, count: 4, width: 6, shared: 0,"
          + " balance: {kind: bias, step: 0.3}}";

  @TempDir Path directory;

  /** An update, what the policy was before it, and what is known of it. */
  private record Seen(
      DoubleVector before, Routing routing, UpdateTrace trace, TracedUpdate update) {}

  @Test
  void probabilitiesSumToOneAndTheChosenAreThoseOfLargestProbabilityAndBias() throws IOException {
    int against = 0;
    List<ParameterBlock> blocks = new ArrayList<>();
    for (Seen seen : run(blocks, EXPERTS, "model.layers=2", "train.mini_batches=2")) {
      for (TracedGroup group : seen.update().groups()) {
        for (TracedCompletion completion : group.completions()) {
          List<TracedRouting> routing = completion.routing().orElseThrow();
          assertEquals(2, routing.size());
          for (int layer = 0; layer < 2; layer++) {
            DoubleVector bias = bias(seen.before(), blocks, layer);
            for (int t = 0; t < completion.tokens().size(); t++) {
              DoubleVector p = routing.get(layer).probabilities().row(t);
              List<Integer> experts = routing.get(layer).experts().get(t);
              DoubleVector gates = routing.get(layer).gates().row(t);
              assertEquals(1, p.sum(), 1e-6);
              assertEquals(1, gates.sum(), 1e-12);
              assertEquals(largest(p, bias), experts);
              against += experts.equals(largest(p, DoubleVector.of(0, 0, 0, 0))) ? 0 : 1;
              double ratio = p.get(experts.get(0)) / p.get(experts.get(1));
              assertEquals(ratio, gates.get(0) / gates.get(1), 1e-12 * ratio);
              int[] own = experts.stream().mapToInt(Integer::intValue).toArray();
              assertArrayEquals(seen.routing().chosen(completion.row(), t, layer), own);
              double[] ofPolicy = seen.routing().probabilities(completion.row(), t, layer);
              assertArrayEquals(ofPolicy, p.toArray(), 1e-6, "of the old policy");
            }
          }
        }
      }
    }
    assertTrue(against > 0, "the bias never decided");
  }

  /** The two largest of probability and bias, in ascending order. */
  private static List<Integer> largest(DoubleVector p, DoubleVector bias) {
    return List.of(0, 1, 2, 3).stream()
        .sorted((a, b) -> Double.compare(p.get(b) + bias.get(b), p.get(a) + bias.get(a)))
        .limit(2)
        .sorted()
        .toList();
  }

  private static DoubleVector bias(DoubleVector theta, List<ParameterBlock> blocks, int layer) {
    String name = "block" + layer + ".feedforward.router.bias";
    ParameterBlock block =
        blocks.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    double[] bias = new double[block.size()];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = theta.get(block.offset() + i);
    }
    return DoubleVector.of(bias);
  }

  @Test
  void loadsAreThoseOfAllTokensWithATraceAndWithoutOne() throws IOException {
    for (Seen seen : run(new ArrayList<>(), EXPERTS)) {
      Map<String, Double> metrics = UpdateMetrics.of(seen.trace()).named();
      long[] load = seen.routing().load(0);
      double sum = 0;
      double entropy = 0;
      for (int expert = 0; expert < 4; expert++) {
        double share = metrics.get("experts/load/block0/" + expert);
        entropy -= share == 0 ? 0 : share / 2 * Math.log(share / 2);
        assertEquals(load[expert] / (double) seen.routing().tokens(), share, 1e-15);
        sum += share;
      }
      assertEquals(2, sum, 1e-12);
      assertEquals(entropy / Math.log(4), metrics.get("experts/load_entropy"), 1e-12);
      assertEquals(seen.routing().deadExperts(0), metrics.get("experts/dead"));
      assertEquals(metrics, untraced.get(seen.trace().update()));
    }
  }

  private final Map<Integer, Map<String, Double>> untraced = new TreeMap<>();

  @Test
  void withoutExpertsNothingIsWrittenAndAnOlderLineIsRead() throws IOException {
    TracedUpdate dense = run(new ArrayList<>()).get(0).update();
    String line = TraceJson.MAPPER.writeValueAsString(dense);
    assertFalse(line.contains("routing") || line.contains("expert"), line);
    assertEquals(dense, TraceJson.MAPPER.readValue(line, TracedUpdate.class));
    TracedCompletion routed =
        run(new ArrayList<>(), EXPERTS).get(0).update().groups().get(0).completions().get(0);
    String with = TraceJson.MAPPER.writeValueAsString(routed);
    assertEquals(routed, TraceJson.MAPPER.readValue(with, TracedCompletion.class));
    String without = with.replaceFirst(",\"routing\":.*", "}");
    TracedCompletion read = TraceJson.MAPPER.readValue(without, TracedCompletion.class);
    assertEquals(Optional.empty(), read.routing());
  }

  /** Three updates of a small network. */
  private List<Seen> run(List<ParameterBlock> blocks, String... settings) throws IOException {
    Path file = directory.resolve("mine.yaml");
    Files.writeString(file, "extends: [digit-sum-mod10.yaml, presets/dapo.yaml]\nname: mine\n");
    List<String> all = new ArrayList<>();
    all.add("model={kind: transformer, width: 8, heads: 2, feed_forward: 8}");
    all.addAll(List.of("train.prompts=4", "train.group_size=8", "train.learning_rate=0.05"));
    all.addAll(List.of(settings));
    ExperimentConfig config = new ExperimentFiles(List.of(Path.of("experiments"))).read(file, all);
    for (UpdateTrace trace : updates(config, UpdateInspector.NONE, blocks, new ArrayList<>())) {
      untraced.put(trace.update(), UpdateMetrics.of(trace).named());
    }
    TaskSource task = config.task().make();
    List<Seen> seen = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      GreedyDecoder greedy = new GreedyDecoder(task.vocabulary(), task.maxNewTokens(), workers);
      updates(config, UpdateInspector.of(4, 0, greedy), new ArrayList<>(), seen);
    }
    return seen;
  }

  private static List<UpdateTrace> updates(
      ExperimentConfig config,
      UpdateInspector inspector,
      List<ParameterBlock> blocks,
      List<Seen> into) {
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(1);
    List<UpdateTrace> traces = new ArrayList<>();
    try (Workers workers = new Workers(1);
        Policy policy = config.model().create(task, streams, workers)) {
      blocks.addAll(policy.parameterBlocks());
      Trainer trainer =
          new TrainerFactory(RunSetup.of(config, workers, Path.of("")), false).trainer(policy);
      for (int update = 0; update < 3; update++) {
        DoubleVector before = policy.parameters();
        var old = policy.snapshot();
        UpdateTrace trace = trainer.update(update, inspector);
        traces.add(trace);
        if (trace.inspection().isPresent() && !trace.inspection().get().rows().isEmpty()) {
          Routing routing = old.routing(trace.rollout().sequences()).orElse(null);
          DoubleVector after = policy.parameters();
          TracedUpdate traced = UpdateTracer.of(trace, UpdateMetrics.of(trace), after);
          into.add(new Seen(before, routing, trace, traced));
        }
      }
    }
    return traces;
  }
}
