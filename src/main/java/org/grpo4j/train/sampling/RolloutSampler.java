package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * Samples {@code G} completions for each of {@code P} problems and keeps the log-probability of
 * every token it drew.
 *
 * <p>The work is cut into chunks of whole groups with about 64 rows each. A completion's random
 * numbers come from a stream keyed by (update, index of the problem, index of the completion), so
 * the same completions come out whatever the chunks, the order and the number of workers.
 */
public final class RolloutSampler {

  /** Rows that are decoded together; a matrix of this width keeps a small network busy. */
  private static final int ROWS_PER_CHUNK = 64;

  private final Vocabulary vocabulary;
  private final SamplingSettings settings;
  private final RandomStreams streams;
  private final Purpose purpose;
  private final Workers workers;
  private final TokenLoop loop;

  /**
   * @param purpose {@link Purpose#COMPLETION} for training, {@link Purpose#EVALUATION} for
   *     evaluation: their draws never coincide
   */
  public RolloutSampler(
      Vocabulary vocabulary,
      SamplingSettings settings,
      RandomStreams streams,
      Purpose purpose,
      Workers workers) {
    this.vocabulary = vocabulary;
    this.settings = settings;
    this.streams = streams;
    this.purpose = purpose;
    this.workers = workers;
    this.loop =
        new TokenLoop(
            vocabulary,
            settings.maxNewTokens(),
            settings.temperature(),
            settings.forcedLength(),
            settings.truncation());
  }

  /** A sampler for training: draws are those of {@link Purpose#COMPLETION}. */
  public RolloutSampler(
      Vocabulary vocabulary, SamplingSettings settings, RandomStreams streams, Workers workers) {
    this(vocabulary, settings, streams, Purpose.COMPLETION, workers);
  }

  /** The temperature {@code tau} that completions are sampled at, and have to be scored at. */
  public double temperature() {
    return settings.temperature();
  }

  /**
   * One group for each problem, in order.
   *
   * @param problems with prompts of equal length; a problem may occur twice
   * @param update the update it is for, from 0; part of the key of every draw
   */
  public RolloutBatch sample(LanguageModel model, List<Problem> problems, int update) {
    return sample(model, problems, update, 0);
  }

  /**
   * The same for problems that are not the first of their update: no two of an update may have the
   * same number, or they would draw the same.
   *
   * @param firstProblem number of the first of the problems within the update
   */
  public RolloutBatch sample(
      LanguageModel model, List<Problem> problems, int update, int firstProblem) {
    int groupsPerChunk = groupsPerChunk();
    int chunks = (problems.size() + groupsPerChunk - 1) / groupsPerChunk;
    List<List<Group>> sampled =
        workers.mapOrdered(
            chunks,
            chunk -> {
              int from = chunk * groupsPerChunk;
              int to = Math.min(from + groupsPerChunk, problems.size());
              return sampleChunk(model, problems.subList(from, to), firstProblem + from, update);
            });
    List<Group> groups = new ArrayList<>(problems.size());
    for (List<Group> chunk : sampled) {
      groups.addAll(chunk);
    }
    return new RolloutBatch(update, model.version(), groups);
  }

  /** Number of problems whose groups are decoded together; sampling in multiples of it is best. */
  public int groupsPerChunk() {
    return Math.max(1, ROWS_PER_CHUNK / settings.groupSize());
  }

  private List<Group> sampleChunk(
      LanguageModel model, List<Problem> problems, int firstProblem, int update) {
    int groupSize = settings.groupSize();
    List<TokenSequence> prompts = new ArrayList<>(problems.size());
    List<SplittableRandom> generators = new ArrayList<>(problems.size() * groupSize);
    for (int p = 0; p < problems.size(); p++) {
      prompts.add(vocabulary.encode(problems.get(p).prompt()));
      for (int g = 0; g < groupSize; g++) {
        generators.add(streams.stream(purpose, update, firstProblem + p, g));
      }
    }
    List<Completion> rows =
        loop.run(model, prompts, firstProblem, groupSize, new TokenChooser.Sampled(generators));
    List<Group> groups = new ArrayList<>(problems.size());
    for (int p = 0; p < problems.size(); p++) {
      List<Completion> completions = rows.subList(p * groupSize, (p + 1) * groupSize);
      groups.add(new Group(problems.get(p), prompts.get(p), completions));
    }
    return groups;
  }
}
