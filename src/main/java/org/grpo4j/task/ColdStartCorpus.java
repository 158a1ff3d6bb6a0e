package org.grpo4j.task;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;
import org.grpo4j.math.Require;

/**
 * The demonstrations that a policy imitates before reinforcement learning starts.
 *
 * @param vocabulary the symbols of the texts
 * @param demonstrations the examples, in the order drawn; at least one
 */
public record ColdStartCorpus(Vocabulary vocabulary, List<Demonstration> demonstrations) {

  public ColdStartCorpus {
    demonstrations = demonstrations instanceof Drawn ? demonstrations : List.copyOf(demonstrations);
    Require.that(!demonstrations.isEmpty(), "demonstrations: must be at least 1, got 0");
  }

  /**
   * Draws {@code size} training problems with replacement and one demonstration for each. Example
   * {@code i} depends on the seed and on {@code i} only, so a shorter corpus is the beginning of a
   * longer one, and each is drawn when it is asked for: ten million take no memory.
   *
   * @param size number of examples, at least 1
   */
  public static ColdStartCorpus draw(TaskSource task, int size, RandomStreams streams) {
    Require.that(size >= 1, "size", "at least 1", size);
    return new ColdStartCorpus(task.vocabulary(), new Drawn(task, size, streams));
  }

  /** Demonstrations that are drawn anew, to the same, whenever one is asked for. */
  private static final class Drawn extends AbstractList<Demonstration> implements RandomAccess {

    private final TaskSource task;
    private final List<Problem> problems;
    private final int size;
    private final RandomStreams streams;

    Drawn(TaskSource task, int size, RandomStreams streams) {
      this.task = task;
      this.problems = task.trainingProblems();
      this.size = size;
      this.streams = streams;
    }

    @Override
    public Demonstration get(int index) {
      Objects.checkIndex(index, size);
      SplittableRandom random = streams.stream(Purpose.CORPUS, index);
      Problem problem = problems.get(random.nextInt(problems.size()));
      return new Demonstration(problem, task.demonstration(problem, random));
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** Number of examples. */
  public int size() {
    return demonstrations.size();
  }

  /** The tokens of example {@code index}'s prompt. */
  public TokenSequence promptTokens(int index) {
    return vocabulary.encode(demonstrations.get(index).problem().prompt());
  }

  /** The tokens of example {@code index}'s completion, the end token included. */
  public TokenSequence completionTokens(int index) {
    return vocabulary.encodeCompletion(demonstrations.get(index).completion());
  }
}
