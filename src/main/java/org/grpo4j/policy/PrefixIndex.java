package org.grpo4j.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * Numbers the contexts of a {@link TabularPolicy}: one for every prompt and every prefix of a
 * completion, the empty prefix first. With {@code V} symbols and completions of up to {@code T}
 * tokens a prompt has {@code 1 + V + ... + V^(T-1)} contexts. Prefixes that contain the end token
 * have contexts too, so that completions of forced length can be scored.
 */
final class PrefixIndex {

  private static final long MOST_PARAMETERS = 20_000_000;

  private final int vocabularySize;
  private final int maxNewTokens;
  private final List<TokenSequence> prompts;
  private final Map<TokenSequence, Integer> promptNumbers = new HashMap<>();
  private final int contextsPerPrompt;

  PrefixIndex(int vocabularySize, int maxNewTokens, List<TokenSequence> prompts) {
    if (vocabularySize < 2) {
      throw new IllegalArgumentException(
          "vocabularySize: must be at least 2, got " + vocabularySize);
    }
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens: must be at least 1, got " + maxNewTokens);
    }
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("prompts: must be at least 1, got 0");
    }
    this.vocabularySize = vocabularySize;
    this.maxNewTokens = maxNewTokens;
    this.prompts = List.copyOf(prompts);
    long contexts = 0;
    long parameters = 0;
    for (int t = 0; t < maxNewTokens && parameters <= MOST_PARAMETERS; t++) {
      contexts = contexts * vocabularySize + 1;
      parameters = contexts * vocabularySize * prompts.size();
    }
    if (parameters > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "prompts, maxNewTokens: a table may have "
              + MOST_PARAMETERS
              + " parameters at most, got "
              + "more for "
              + prompts.size()
              + " prompts and "
              + maxNewTokens
              + " tokens");
    }
    this.contextsPerPrompt = (int) contexts;
    for (TokenSequence prompt : prompts) {
      if (prompt.length() != prompts.get(0).length()) {
        throw new IllegalArgumentException(
            "prompts: must have equal length, got "
                + prompts.get(0).length()
                + " and "
                + prompt.length());
      }
      if (promptNumbers.put(prompt, promptNumbers.size()) != null) {
        throw new IllegalArgumentException(
            "prompts: each may occur once, got " + prompt + " twice");
      }
    }
  }

  /** The context of {@code prompt} and the empty prefix. */
  int start(TokenSequence prompt) {
    Integer number = promptNumbers.get(prompt);
    if (number == null) {
      throw new IllegalArgumentException("prompt: must be one of the table's, got " + prompt);
    }
    return number * contextsPerPrompt;
  }

  /** The context after {@code token}: prefixes are numbered like the nodes of a V-ary tree. */
  int child(int context, int token) {
    int node = context % contextsPerPrompt;
    int child = node * vocabularySize + token + 1;
    if (child >= contextsPerPrompt) {
      throw new IllegalArgumentException(
          "completion: may have " + maxNewTokens + " tokens at most, got more");
    }
    return context - node + child;
  }

  /** The context each completion token of {@code row} is drawn in, {@code [T_i]}. */
  int[] contexts(Sequence row) {
    int[] contexts = new int[row.completion().length()];
    int context = start(row.prompt());
    for (int t = 0; t < contexts.length; t++) {
      context = t == 0 ? context : child(context, row.completion().get(t - 1));
      contexts[t] = context;
    }
    return contexts;
  }

  int vocabularySize() {
    return vocabularySize;
  }

  int maxNewTokens() {
    return maxNewTokens;
  }

  List<TokenSequence> prompts() {
    return prompts;
  }

  /** Tokens of a prompt and its longest completion. */
  int contextLength() {
    return prompts.get(0).length() + maxNewTokens;
  }

  int contextsPerPrompt() {
    return contextsPerPrompt;
  }

  /** Number of contexts of all prompts. */
  int contexts() {
    return prompts.size() * contextsPerPrompt;
  }

  /** Number of logits: prompts times contexts times symbols. */
  int parameters() {
    return prompts.size() * contextsPerPrompt * vocabularySize;
  }
}
