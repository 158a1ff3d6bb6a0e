package org.grpo4j.task;

import java.util.List;

/**
 * The symbols a policy can read and write, one character each; a token's id is its symbol's index.
 *
 * @param symbols all symbols in index order; the first is padding, the second ends a completion
 */
public record Vocabulary(String symbols) {

  /** Padding: never written by a policy on purpose, never scored. */
  public static final int PAD = 0;

  /** The end token: the last token of a finished completion. */
  public static final int END = 1;

  /** The 22 symbols of the arithmetic tasks. */
  public static final Vocabulary ARITHMETIC = new Vocabulary("_$0123456789+-*=()[],:");

  public Vocabulary {
    for (int i = 0; i < symbols.length(); i++) {
      if (symbols.indexOf(symbols.charAt(i)) != i) {
        throw new IllegalArgumentException(
            "symbols: each may occur once, '" + symbols.charAt(i) + "' occurs again at " + i);
      }
    }
  }

  /** Number of symbols {@code V}. */
  public int size() {
    return symbols.length();
  }

  /** The symbol of {@code id}. */
  public char symbol(int id) {
    return symbols.charAt(id);
  }

  /**
   * The tokens of {@code text}.
   *
   * @throws IllegalArgumentException if it contains an unknown symbol
   */
  public TokenSequence encode(String text) {
    int[] ids = new int[text.length()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = symbols.indexOf(text.charAt(i));
      if (ids[i] < 0) {
        throw new IllegalArgumentException(
            "'" + text.charAt(i) + "' at " + i + " of \"" + text + "\" is not one of " + symbols);
      }
    }
    return TokenSequence.of(ids);
  }

  /**
   * The tokens of a completion: {@link #encode} and the end token.
   *
   * @param text without the end token
   */
  public TokenSequence encodeCompletion(String text) {
    return encode(text + symbol(END));
  }

  /** The symbol of every token id, in order. */
  public List<String> symbolList() {
    return symbols.chars().mapToObj(symbol -> String.valueOf((char) symbol)).toList();
  }

  /** The text of {@code tokens} up to the end token, which is left out. */
  public String decode(TokenSequence tokens) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.length() && tokens.get(i) != END; i++) {
      text.append(symbol(tokens.get(i)));
    }
    return text.toString();
  }
}
