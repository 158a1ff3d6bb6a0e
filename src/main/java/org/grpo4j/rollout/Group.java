package org.grpo4j.rollout;

import java.util.List;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TokenSequence;

/**
 * The completions of one prompt: the "group" of GRPO.
 *
 * @param problem the question
 * @param prompt the question's tokens
 * @param completions the {@code G} completions, in sampling order
 */
public record Group(Problem problem, TokenSequence prompt, List<Completion> completions) {

  public Group {
    completions = List.copyOf(completions);
  }

  /** Group size {@code G}. */
  public int size() {
    return completions.size();
  }
}
