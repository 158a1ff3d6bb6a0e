package org.grpo4j.experiment.config;

import java.util.Collection;
import java.util.Optional;

/** The search for the word that was probably meant. */
public final class NearestMatch {

  private NearestMatch() {}

  /**
   * The candidate with the fewest edits to {@code word} (the first of equals), if that is at most a
   * third of its length, or 2.
   */
  public static Optional<String> of(String word, Collection<String> candidates) {
    String best = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int edits = edits(normal(word), normal(candidate));
      if (edits < fewest) {
        fewest = edits;
        best = candidate;
      }
    }
    boolean close = fewest <= Math.max(2, best.length() / 3) && fewest < best.length();
    return close ? Optional.of(best) : Optional.empty();
  }

  /** The end of a message about {@code word}: the candidate that was probably meant, if any. */
  static String meant(String word, Collection<String> candidates) {
    return of(word, candidates).map(match -> "; did you mean " + match + "?").orElse("");
  }

  /** {@code groupSize}, {@code group-size} and {@code group_size} are the same word. */
  private static String normal(String word) {
    return word.replaceAll("[-_ ]", "").toLowerCase(java.util.Locale.ROOT);
  }

  /** Levenshtein distance: insertions, deletions and replacements. */
  private static int edits(String from, String to) {
    if (from.length() > 200) {
      return Integer.MAX_VALUE;
    }
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
