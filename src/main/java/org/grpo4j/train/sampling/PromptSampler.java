package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.Require;
import org.grpo4j.task.Problem;

/** Draws the questions of an update uniformly, with replacement, from the training problems. */
public final class PromptSampler {

  private final List<Problem> problems;
  private final RandomStreams random;

  /**
   * @param problems the training problems, at least one
   * @param random of the run; the purpose {@code PROMPTS} is used
   */
  public PromptSampler(List<Problem> problems, RandomStreams random) {
    Require.that(!problems.isEmpty(), "problems", "not empty", "none");
    this.problems = List.copyOf(problems);
    this.random = random;
  }

  /** {@code count} questions for update {@code update}. */
  public List<Problem> sample(int update, int count) {
    SplittableRandom stream = random.stream(RandomStreams.Purpose.PROMPTS, update);
    List<Problem> questions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      questions.add(problems.get(stream.nextInt(problems.size())));
    }
    return questions;
  }
}
