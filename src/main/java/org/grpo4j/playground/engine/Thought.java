package org.grpo4j.playground.engine;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.TokenDistributions;
import org.grpo4j.policy.Workers;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * The thinking of a policy about a text: which token it would write next, at every prefix.
 *
 * @param probabilities of all symbols after each prefix of the completion, the empty one first and
 *     the whole one last, at the given temperature
 * @param greedy the completion that it prefers for the prompt
 */
public record Thought(List<DoubleVector> probabilities, String greedy) {

  public Thought {
    probabilities = List.copyOf(probabilities);
  }

  /**
   * The policy's distributions.
   *
   * @param prompt of the length that the task's prompts have
   * @param completion a beginning of one, maybe empty
   * @throws IllegalArgumentException if the policy cannot be asked this
   */
  static Thought of(
      LanguageModel model,
      String prompt,
      String completion,
      double temperature,
      RunSettings settings,
      Workers workers) {
    TaskSource task = settings.task();
    Vocabulary vocabulary = task.vocabulary();
    if (prompt.length() != task.promptLength()) {
      throw new IllegalArgumentException(
          "prompt: must have "
              + task.promptLength()
              + " characters, as "
              + task.trainingProblems().get(0).prompt()
              + " has, got "
              + prompt.length());
    }
    if (completion.length() >= task.maxNewTokens()) {
      throw new IllegalArgumentException(
          "completion: must have fewer than "
              + task.maxNewTokens()
              + " characters, got "
              + completion.length());
    }
    TokenSequence asked = vocabulary.encode(prompt);
    int[] written = vocabulary.encode(completion).toArray();
    int[] tokens = new int[written.length + 1];
    System.arraycopy(written, 0, tokens, 0, written.length);
    tokens[written.length] = Vocabulary.END; // its distribution is what comes next
    TokenDistributions distributions =
        model.distributions(List.of(new Sequence(asked, TokenSequence.of(tokens))), temperature);
    List<DoubleVector> probabilities = new ArrayList<>();
    for (int t = 0; t < tokens.length; t++) {
      probabilities.add(DoubleVector.of(distributions.probabilities(0, t)));
    }
    String greedy =
        settings.greedy(workers).decode(model, List.of(new Problem(prompt, ""))).get(0).text();
    return new Thought(probabilities, greedy);
  }
}
