package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.Require;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * Writes the completion a policy prefers, token by token: always the most probable one, of several
 * the one with the lowest id. Uses no random numbers. The recorded log-probabilities are those at
 * temperature 1.
 */
public final class GreedyDecoder {

  private static final int ROWS_PER_CHUNK = 64;

  private final Vocabulary vocabulary;
  private final Workers workers;
  private final TokenLoop loop;

  /**
   * @param maxNewTokens most tokens of a completion, the end token included; at least 1
   */
  public GreedyDecoder(Vocabulary vocabulary, int maxNewTokens, Workers workers) {
    Require.that(maxNewTokens >= 1, "maxNewTokens", "at least 1", maxNewTokens);
    this.vocabulary = vocabulary;
    this.workers = workers;
    this.loop = new TokenLoop(vocabulary, maxNewTokens, 1.0, false, Truncation.NONE);
  }

  /**
   * One completion for each problem, in order.
   *
   * @param problems with prompts of equal length
   */
  public List<Completion> decode(LanguageModel model, List<Problem> problems) {
    int chunks = (problems.size() + ROWS_PER_CHUNK - 1) / ROWS_PER_CHUNK;
    List<List<Completion>> decoded =
        workers.mapOrdered(
            chunks,
            chunk -> {
              int from = chunk * ROWS_PER_CHUNK;
              int to = Math.min(from + ROWS_PER_CHUNK, problems.size());
              List<TokenSequence> prompts = prompts(problems.subList(from, to));
              return loop.run(model, prompts, from, 1, new TokenChooser.Greedy());
            });
    List<Completion> completions = new ArrayList<>(problems.size());
    for (List<Completion> chunk : decoded) {
      completions.addAll(chunk);
    }
    return completions;
  }

  private List<TokenSequence> prompts(List<Problem> problems) {
    List<TokenSequence> prompts = new ArrayList<>(problems.size());
    for (Problem problem : problems) {
      prompts.add(vocabulary.encode(problem.prompt()));
    }
    return prompts;
  }
}
