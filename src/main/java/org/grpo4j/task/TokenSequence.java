package org.grpo4j.task;

import java.util.Arrays;

/** An immutable sequence of token ids. */
public final class TokenSequence {

  private final int[] ids;

  private TokenSequence(int[] ids) {
    this.ids = ids;
  }

  /** The sequence of these ids; the array is copied. */
  public static TokenSequence of(int... ids) {
    return new TokenSequence(ids.clone());
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** The id at {@code index}, from 0. */
  public int get(int index) {
    return ids[index];
  }

  /** A fresh array of the ids. */
  public int[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSequence that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  /** The ids; {@link Vocabulary#decode} gives the text. */
  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
