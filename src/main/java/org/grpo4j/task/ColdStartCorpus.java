package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
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
    demonstrations = List.copyOf(demonstrations);
    Require.that(!demonstrations.isEmpty(), "demonstrations: must be at least 1, got 0");
  }

  /**
   * Draws {@code size} training problems with replacement and one demonstration for each. Example
   * {@code i} depends on the seed and on {@code i} only, so a shorter corpus is the beginning of a
   * longer one.
   *
   * @param size number of examples, at least 1
   */
  public static ColdStartCorpus draw(TaskSource task, int size, RandomStreams streams) {
    Require.that(size >= 1, "size", "at least 1", size);
    List<Problem> problems = task.trainingProblems();
    List<Demonstration> demonstrations = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      SplittableRandom random = streams.stream(Purpose.CORPUS, i);
      Problem problem = problems.get(random.nextInt(problems.size()));
      demonstrations.add(new Demonstration(problem, task.demonstration(problem, random)));
    }
    return new ColdStartCorpus(task.vocabulary(), demonstrations);
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
