package org.grpo4j.playground;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.experiment.ExperimentFiles;
import org.grpo4j.experiment.config.OutsideClasses;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.PlainNetworks;
import org.grpo4j.task.ColdStartCorpus;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStart;

/**
 * The policy that the page brings along, because a tab would take minutes to make it: a transformer
 * in plain Java after the cold start of think-add, with the settings that {@code train} has by
 * default.
 *
 * <p>Cold starts of several seeds differ in how far they are from thinking; this seed's policy is
 * right in 0.61 of greedy answers, and shows the whole way.
 */
public final class ShippedStart {

  /** The seed of the cold start. */
  public static final long SEED = 3;

  private ShippedStart() {}

  /**
   * The file of the policy, with an optimiser that has taken no step; the same bits everywhere.
   *
   * @param listener notified of every step
   */
  public static byte[] thinkAdd(Workers workers, Consumer<ColdStart.Step> listener) {
    ExperimentConfig config =
        new ExperimentFiles(List.of(), OutsideClasses.NONE)
            .parse(
                "name: shipped\ntask: think-add\nmodel: {precision: plain-float}\nseed: " + SEED,
                "the shipped start");
    TaskSource task = config.task().make();
    RandomStreams streams = new RandomStreams(SEED);
    try (Policy policy = config.model().create(task, streams, workers)) {
      ColdStartCorpus corpus = ColdStartCorpus.draw(task, config.coldStart().corpusSize(), streams);
      new ColdStart(policy, corpus, config.coldStart(), streams, listener).run(() -> false);
      policy.resetOptimizer(config.train().optimizerSettings());
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      PlainNetworks.write(policy, file);
      return file.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory is always written", e);
    }
  }
}
