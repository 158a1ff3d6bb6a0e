package org.grpo4j.experiment.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.grpo4j.experiment.ExampleSource;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.RunDirectory;
import org.grpo4j.experiment.files.RunSummary.SupervisedCost;
import org.grpo4j.task.ColdStartCorpus;

/**
 * The cost of a cold start: examples a step times the mean length of the examples, by the rule of
 * {@link FlopEstimate}, and the sampling of those that other runs' policies wrote.
 */
final class SupervisedEstimate {

  /** Demonstrations that the mean length is taken of. */
  private static final int MEASURED = 1000;

  private SupervisedEstimate() {}

  /** The cost for the run in {@code directory}, whose examples are written down. */
  static SupervisedCost of(RunSetup setup, RunDirectory directory) {
    ExperimentConfig config = setup.config();
    int steps = config.coldStart().steps();
    boolean isElsewhere = !config.examples().isEmpty() && !Files.exists(directory.examples());
    if (steps == 0 || isElsewhere) { // a fork begins after the cold start of another run
      return SupervisedCost.NONE;
    }
    List<JsonNode> sources = config.examples().isEmpty() ? List.of() : headers(setup, directory);
    double length = sources.isEmpty() ? demonstrated(setup) : mixed(config.examples(), sources);
    long examples = (long) steps * config.coldStart().batchSize();
    long tokens = Math.round(examples * length);
    double flops = FlopEstimate.of(config, setup.task()).learning(examples, tokens, 1);
    long sampledTokens = 0;
    double sampledFlops = 0;
    for (int i = 0; i < sources.size(); i++) {
      if (config.examples().get(i) instanceof ExampleSource.Sampled source) {
        long drawn = sources.get(i).path(Examples.DRAWN).asLong();
        long written = sources.get(i).path(Examples.SAMPLED_TOKENS).asLong();
        FlopEstimate writer = FlopEstimate.of(setup.inputs().config(source.run()), setup.task());
        sampledTokens += written;
        sampledFlops += writer.rollout(drawn / source.samples(), drawn, written);
      }
    }
    return new SupervisedCost(tokens, flops, sampledTokens, sampledFlops);
  }

  private static double demonstrated(RunSetup setup) {
    int size = Math.min(MEASURED, setup.config().coldStart().corpusSize());
    ColdStartCorpus corpus = ColdStartCorpus.draw(setup.task(), size, setup.streams());
    double tokens = IntStream.range(0, size).map(i -> corpus.completionTokens(i).length()).sum();
    return tokens / size;
  }

  /** The mean length over the sources by their weights. */
  private static double mixed(List<ExampleSource> sources, List<JsonNode> headers) {
    double lengths = 0;
    double weights = 0;
    for (int i = 0; i < sources.size(); i++) {
      lengths += sources.get(i).weight() * headers.get(i).path(Examples.MEAN_TOKENS).asDouble();
      weights += sources.get(i).weight();
    }
    return lengths / weights;
  }

  /** The lines about the sources in the file of examples. */
  private static List<JsonNode> headers(RunSetup setup, RunDirectory directory) {
    try (var lines = Files.lines(directory.examples())) {
      List<JsonNode> headers = new ArrayList<>();
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode node = Json.parse(line);
        if (node.has(Examples.DRAWN)) {
          headers.add(node);
        }
        if (headers.size() == setup.config().examples().size()) {
          break;
        }
      }
      return headers;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory.examples(), e);
    }
  }
}
