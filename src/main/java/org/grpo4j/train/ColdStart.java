package org.grpo4j.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.NonFinite.Where;
import org.grpo4j.policy.NonFinite.Written;
import org.grpo4j.policy.Policy;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.Demonstration;

/**
 * Supervised fine-tuning on a corpus: what R1 calls the cold start. It teaches the policy to write
 * completions of the right form that are sometimes right; reinforcement learning then sharpens
 * them.
 *
 * <p>The loss is the mean over the batch's completion tokens, the end token included, of the
 * negative log-probability (Eq. 12), so its table of coefficients is the constant {@code -1/N}:
 * supervised learning is policy gradient with advantage 1 on given data.
 */
public final class ColdStart {

  /** Temperature 1: the corpus is fitted as it is. */
  private static final double TEMPERATURE = 1;

  private final Policy policy;
  private final ColdStartCorpus corpus;

  /** Examples that were in a batch already. */
  private final Map<Integer, Example> examples = new HashMap<>();

  private final ColdStartSettings settings;
  private final RandomStreams random;
  private final Consumer<Step> listener;

  /**
   * One step that is done.
   *
   * @param stepsDone steps taken
   * @param steps how many there will be
   * @param loss mean negative log-probability of the batch's tokens, in nats, before the step
   */
  public record Step(int stepsDone, int steps, double loss) {}

  /** An example as the policy reads it, and as a person does. */
  private record Example(Sequence sequence, Written written) {}

  /**
   * @param corpus the examples
   * @param random of the run; batches are drawn from its purpose {@code COLD_START_BATCH}
   * @param listener notified of every step
   */
  public ColdStart(
      Policy policy,
      ColdStartCorpus corpus,
      ColdStartSettings settings,
      RandomStreams random,
      Consumer<Step> listener) {
    this.policy = policy;
    this.corpus = corpus;
    this.settings = settings;
    this.random = random;
    this.listener = listener;
  }

  /**
   * Runs all steps, with a fresh optimiser.
   *
   * @param stopRequested asked before every step
   * @return true if it ran to the end, false if it was stopped
   */
  public boolean run(BooleanSupplier stopRequested) {
    policy.resetOptimizer(settings.adam());
    return resume(0, stopRequested);
  }

  /** The same from step {@code firstStep} on, with the optimiser as it was then. */
  public boolean resume(int firstStep, BooleanSupplier stopRequested) {
    for (int step = firstStep; step < settings.steps(); step++) {
      if (stopRequested.getAsBoolean()) {
        return false;
      }
      listener.accept(step(step));
    }
    return true;
  }

  /** One optimiser step. */
  private Step step(int step) {
    List<Example> drawn = sampleBatch(step);
    List<Sequence> batch = drawn.stream().map(Example::sequence).toList();
    FiniteCheck finite =
        new FiniteCheck(
            new Where("cold-start step", step, Optional.empty()),
            drawn.stream().map(Example::written).toList());
    double learningRate = settings.learningRate().at(step);
    double loss;
    try (ForwardPass forward = policy.forward(batch, TEMPERATURE)) {
      TokenTable logProbs = forward.logProbs().table();
      int tokens = logProbs.tokens();
      loss = 0;
      for (int i = 0; i < logProbs.rows(); i++) {
        loss -= logProbs.row(i).sum() / tokens;
      }
      finite.tokens("log-probability", logProbs);
      finite.number("loss", loss);
      TokenTable lossByLogProb = TokenTable.constant(logProbs.lengths(), -1.0 / tokens);
      forward.backward(lossByLogProb);
      GradientStep gradient = policy.applyGradient(learningRate, settings.maxGradientNorm());
      finite.step(gradient, forward, lossByLogProb, lossByLogProb.times(0));
    }
    return new Step(step + 1, settings.steps(), loss);
  }

  private Example example(int index) {
    Demonstration shown = corpus.demonstrations().get(index);
    Sequence sequence =
        new Sequence(
            corpus.vocabulary().encode(shown.problem().prompt()),
            corpus.vocabulary().encodeCompletion(shown.completion()));
    String prompt = shown.problem().prompt();
    return new Example(sequence, new Written("example " + index, prompt, shown.completion()));
  }

  /** Uniform, with replacement. */
  private List<Example> sampleBatch(int step) {
    SplittableRandom stream = random.stream(RandomStreams.Purpose.COLD_START_BATCH, step);
    List<Example> batch = new ArrayList<>(settings.batchSize());
    for (int i = 0; i < settings.batchSize(); i++) {
      batch.add(examples.computeIfAbsent(stream.nextInt(corpus.size()), this::example));
    }
    return batch;
  }
}
