package org.grpo4j.experiment.limits;

import static java.util.Comparator.comparingDouble;

import java.util.Collections;
import java.util.List;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ModelConfig;
import org.grpo4j.experiment.limits.Limits.Need;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.Sampler;
import org.grpo4j.train.evaluation.EvaluationSettings;

/**
 * The memory of a configuration, term by term: what is there from beginning to end, and the phase
 * that needs most. Completions count with their full length, since an untrained policy may write
 * so. Bytes of objects are measured and rounded up.
 */
final class MemoryEstimate {

  /** Classes, tables of text, and the page of a run, which holds a bounded part of the trace. */
  private static final double PROGRAM = 20e6;

  /** Heap of a parameter: a float of the engine, doubles of gradient and step. */
  private static final double PARAMETER = 45;

  /** More of it with the kernels, whose parameters and moments are on the heap too. */
  private static final double PARAMETER_OF_KERNELS = 32;

  /** A frozen copy of a parameter: a float of the engine, a double. */
  private static final double COPY = 12;

  /** More of a parameter where the gradients of single tokens are traced. */
  private static final double TRACED_PARAMETER = 40;

  /**
   * Else, beside the heap: DL4J's parameters, gradient and Adam's moments, and a copy on the way.
   */
  private static final double PARAMETER_BESIDE = 28;

  /** The trace of a token in an optimiser step: terms, tables, coefficients. */
  private static final double TRACED_TOKEN = 320;

  /** A token of a rollout or an evaluation, and its share of advantages. */
  private static final double TOKEN = 80;

  private static final double COMPLETION = 900;
  private static final double EXAMPLE = 700;

  /** The most completions that an evaluation keeps, unless one problem has more. */
  private static final double ROWS_OF_EVALUATION = 16_384;

  private static final int ROWS_TOGETHER = 64;

  private final ExperimentConfig config;
  private final TaskSource task;
  private final boolean fast;
  private final double parameters;

  /** Floats of an activation's column, in all layers together, on the way there and back. */
  private final double column;

  /** Floats of the keys and values of a position, in all layers together. */
  private final double cache;

  MemoryEstimate(ExperimentConfig config, TaskSource task) {
    this.config = config;
    this.task = task;
    double vocabulary = task.vocabulary().size();
    double context = task.promptLength() + task.maxNewTokens();
    boolean isFast = false;
    double ofLayers = 0;
    double width = 0;
    double kept = 0;
    if (config.model() instanceof ModelConfig.Transformer model) {
      isFast = model.precision().usesKernels();
      width = model.width();
      kept = 2.0 * width * model.layers();
      double scores = model.heads() * context;
      double units = units(model);
      ofLayers = model.layers() * (11 * width + units + scores);
      ofLayers += 7 * width + units + scores; // what the layers share going back
    } else if (config.model() instanceof ModelConfig.Lstm model) {
      width = model.width();
      ofLayers = 30 * width;
    }
    this.fast = isFast;
    this.parameters =
        config.model().matrixWeights(task)
            + config.model().idleParameters()
            + (2 * vocabulary + context) * width;
    this.cache = kept;
    this.column = ofLayers + 4 * width + 3 * vocabulary;
  }

  /** Numbers of a token in the feed-forward part; those of its experts stand side by side. */
  private static double units(ModelConfig.Transformer model) {
    return model
        .experts()
        .map(e -> e.shared() + e.count() + e.active() * (2.0 * model.width() + e.width()))
        .orElse((double) model.feedForward());
  }

  /** From the cold start to the summary. */
  List<Need> training() {
    List<Need> phases = List.of(update(), coldStart(), evaluation(config.evaluation()));
    return with(Collections.max(phases, comparingDouble(need -> need.heap() + need.beside())));
  }

  /** Updates only, as they are replayed or timed. */
  List<Need> updating() {
    return with(update());
  }

  /** One evaluation of a policy. */
  List<Need> evaluating(EvaluationSettings settings) {
    return with(evaluation(settings));
  }

  /** The terms that last, and a phase. */
  private List<Need> with(Need phase) {
    boolean traced =
        config.trace().groups() > 0
            && config.trace().gradientsEvery() > 0
            && config.trace().gradientsEvery() <= config.train().updates();
    double models = config.critic().isSeparate() ? 2 : 1;
    double own = PARAMETER + (fast ? PARAMETER_OF_KERNELS : 0);
    double bytes = own * models + (traced ? TRACED_PARAMETER : 0);
    bytes += config.objective().kl().usesReference() ? COPY : 0;
    bytes += config.sampler().other().map(MemoryEstimate::copies).orElse(0.0);
    Need model =
        new Need(
            "%,.0f parameters, gradients, Adam's moments".formatted(parameters),
            "model.width, model.layers",
            parameters * bytes,
            fast ? 0 : parameters * PARAMETER_BESIDE * models);
    return List.of(new Need("the program", "", PROGRAM, 0), model, phase);
  }

  /** Of a parameter: the weights that are kept, those that sample and those that route. */
  private static double copies(Sampler.Other other) {
    double models = other.routing() == Sampler.Other.Experts.OLD ? 2 : 1;
    return other.updatesBehind() * (double) Double.BYTES + COPY * models;
  }

  private Need coldStart() {
    int batch = config.coldStart().steps() == 0 ? 0 : config.coldStart().batchSize();
    double seen =
        Math.min(config.coldStart().corpusSize(), (double) batch * config.coldStart().steps());
    Need passes = passes(batch, 1);
    return new Need(
        "a cold-start step of %,d examples".formatted(batch),
        "cold_start.batch_size",
        passes.heap() + seen * EXAMPLE + batch * tokens() * distribution(),
        passes.beside());
  }

  private Need evaluation(EvaluationSettings settings) {
    int samples = settings.finalSamples();
    double held = task.evaluationProblems().size();
    double sampled = Math.min(settings.finalProblems(), held) * samples;
    double kept =
        Math.max(
            Math.min(sampled, Math.max(ROWS_OF_EVALUATION, samples)),
            Math.min(settings.problems(), held));
    Need passes = decoders(samples);
    return new Need(
        "an evaluation with %,.0f completions at a time".formatted(kept),
        "evaluation.problems, evaluation.final_samples",
        passes.heap() + kept * (COMPLETION + tokens() * TOKEN),
        passes.beside());
  }

  private Need update() {
    double rows = config.train().completions();
    double perBatch = Math.ceil(rows / config.train().miniBatches());
    int group = config.train().groupSize();
    boolean wholeBatch = config.sampler().other().isPresent(); // passes over all rows at once
    Need passes =
        passes(
            wholeBatch ? rows : perBatch,
            wholeBatch || config.train().miniBatches() == 1 ? group : 1);
    Need decoders = decoders(group);
    double models = config.critic().isSeparate() ? 2 : 1;
    double rounds = config.dynamicSampling().map(filter -> (double) filter.maxRounds()).orElse(1.0);
    double perToken = TOKEN + TRACED_TOKEN * config.train().innerEpochs();
    double perRow = COMPLETION + tokens() * perToken;
    double alive = config.trace().groups() > 0 ? 2 : 1; // one is written while the next is made
    return new Need(
        "an update of %,d x %,d completions".formatted(config.train().promptsPerUpdate(), group),
        "train.prompts, train.group_size"
            + (config.train().innerEpochs() > 1 ? ", train.inner_epochs" : ""),
        decoders.heap()
            + passes.heap() * models
            + rows * (perRow * alive + (rounds - 1) * (COMPLETION + tokens() * TOKEN))
            + perBatch * tokens() * distribution(),
        decoders.beside() + passes.beside() * models);
  }

  private double tokens() {
    return task.maxNewTokens();
  }

  /** Bytes of the distribution of a token, which a pass keeps until it has gone back. */
  private double distribution() {
    return 96 + 16.0 * task.vocabulary().size();
  }

  /**
   * Passes of {@code rows} rows with their activations, and for the kernels a gradient each.
   *
   * @param group neighbouring rows with the same prompt
   */
  private Need passes(double rows, int group) {
    double together = group <= ROWS_TOGETHER ? ROWS_TOGETHER / group * group : ROWS_TOGETHER;
    double count = Math.ceil(rows / Math.min(together, Math.max(rows, 1)));
    double prompts = padded(Math.ceil(Math.min(rows, together) / group));
    double own = padded(Math.min(rows, together)) * (tokens() - 1);
    double columns = prompts * task.promptLength() + own;
    double bytes = count * 4 * (parameters + columns * column);
    return activations(bytes);
  }

  /** A decoding in each worker: keys and values of all positions, activations of a step. */
  private Need decoders(int group) {
    double rows = Math.max(group, ROWS_TOGETHER);
    double context = task.promptLength() + tokens();
    double columns = padded(rows) + padded(rows / group) * task.promptLength();
    double bytes = config.workerCount() * 4 * (columns * column + padded(rows) * context * cache);
    return activations(bytes);
  }

  /** Floats of the kernels on the heap, or ND4J's beside it, twice as many. */
  private Need activations(double bytes) {
    return fast ? new Need("", "", bytes, 0) : new Need("", "", 0, 2 * bytes);
  }

  private static double padded(double rows) {
    return Math.ceil(rows / 16) * 16;
  }
}
