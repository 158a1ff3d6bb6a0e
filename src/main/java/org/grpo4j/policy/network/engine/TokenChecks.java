package org.grpo4j.policy.network.engine;

import java.util.List;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/** The demands of a network on the tokens it is given. */
public final class TokenChecks {

  private TokenChecks() {}

  /** The token, if it is in the vocabulary. */
  public static int known(int token, int vocabularySize) {
    if (token < 0 || token >= vocabularySize) {
      throw new IllegalArgumentException(
          "token: must be in 0.." + (vocabularySize - 1) + ", got " + token);
    }
    return token;
  }

  /** Checks that so many tokens fit into the context. */
  public static void requireRoom(int length, int contextLength) {
    if (length > contextLength) {
      throw new IllegalArgumentException(
          "length: the context has room for " + contextLength + " tokens, got " + length);
    }
  }

  /** Checks prompts to decode from: some, of one length, of known tokens, within the context. */
  public static void requirePrompts(
      List<TokenSequence> prompts, int copies, int vocabularySize, int contextLength) {
    if (prompts.isEmpty() || copies < 1) {
      throw new IllegalArgumentException(
          "rows: at least one is needed, got " + prompts.size() + " prompts x " + copies);
    }
    int length = prompts.get(0).length();
    for (TokenSequence prompt : prompts) {
      requirePrompt(prompt, vocabularySize);
      if (prompt.length() != length) {
        throw new IllegalArgumentException(
            "prompts: must have one length, got " + length + " and " + prompt.length());
      }
    }
    requireRoom(length, contextLength);
  }

  /** Checks rows to score: a prompt each, known tokens, within the context. */
  public static void requireRows(List<Sequence> rows, int vocabularySize, int contextLength) {
    for (Sequence row : rows) {
      requirePrompt(row.prompt(), vocabularySize);
      requireKnown(row.completion(), vocabularySize);
      requireRoom(row.prompt().length() + row.completion().length(), contextLength);
    }
  }

  private static void requirePrompt(TokenSequence prompt, int vocabularySize) {
    if (prompt.length() == 0) {
      throw new IllegalArgumentException("prompt: must have at least one token, got none");
    }
    requireKnown(prompt, vocabularySize);
  }

  private static void requireKnown(TokenSequence tokens, int vocabularySize) {
    for (int t = 0; t < tokens.length(); t++) {
      known(tokens.get(t), vocabularySize);
    }
  }
}
