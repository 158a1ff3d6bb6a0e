package org.grpo4j.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/**
 * maj@k: whether the answer that most of {@code k} completions give is correct (Eq. 15). Of several
 * answers with the same number of votes the one seen first wins.
 */
public final class MajorityVote {

  /** Largest number of completions whose subsets are still counted one by one. */
  private static final int MOST_COMPLETIONS = 20;

  private MajorityVote() {}

  /**
   * The index of the first completion that gives the winning answer.
   *
   * @param answers one per completion, at least one
   */
  public static int winner(List<String> answers) {
    Require.that(!answers.isEmpty(), "answers: must be at least 1, got 0");
    Map<String, Integer> candidates = new HashMap<>();
    int[] firstSeen = new int[answers.size()];
    int[] votes = new int[answers.size()];
    for (int i = 0; i < votes.length; i++) {
      Integer known = candidates.putIfAbsent(answers.get(i), candidates.size());
      int candidate = known == null ? candidates.size() - 1 : known;
      if (known == null) {
        firstSeen[candidate] = i;
      }
      votes[candidate]++;
    }
    int best = 0;
    for (int candidate = 1; candidate < candidates.size(); candidate++) {
      if (votes[candidate] > votes[best]) {
        best = candidate;
      }
    }
    return firstSeen[best];
  }

  /**
   * An estimate of maj@k from {@code n >= k} completions: they are cut into consecutive blocks of
   * {@code k}, each block votes, and the result is the share of blocks whose winner is correct. A
   * shorter rest at the end is left out. With {@code k = 1} this is pass@1.
   *
   * @param answers one per completion, in sampling order
   * @param correct whether each is correct; same answer, same value
   * @param k from 1 to the number of completions
   */
  public static double shareOfCorrectBlocks(List<String> answers, List<Boolean> correct, int k) {
    Require.that(
        correct.size() == answers.size(), "correct", answers.size() + " values", correct.size());
    Require.that(k >= 1 && k <= answers.size(), "k", "from 1 to " + answers.size(), k);
    int blocks = answers.size() / k;
    int correctBlocks = 0;
    for (int block = 0; block < blocks; block++) {
      int from = block * k;
      if (correct.get(from + winner(answers.subList(from, from + k)))) {
        correctBlocks++;
      }
    }
    return correctBlocks / (double) blocks;
  }

  /**
   * maj@k exactly: the mean over all subsets of size {@code k}, in sampling order, of whether the
   * winner is correct.
   *
   * @param answers one per completion, in sampling order, at most 20
   * @param correct the score of each, usually 0 or 1, {@code [n]}
   * @param k from 1 to the number of completions
   */
  public static double expectedOverSubsets(List<String> answers, DoubleVector correct, int k) {
    int n = answers.size();
    Require.that(
        n <= MOST_COMPLETIONS && correct.size() == n,
        "answers",
        "at most 20, as many as scores " + correct.size(),
        n);
    Require.that(k >= 1 && k <= n, "k", "from 1 to " + n, k);
    double sum = 0;
    int subsets = 0;
    for (int bits = 0; bits < 1 << n; bits++) {
      if (Integer.bitCount(bits) == k) {
        List<String> subset = new ArrayList<>();
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < n; i++) {
          if ((bits >> i & 1) == 1) {
            subset.add(answers.get(i));
            members.add(i);
          }
        }
        sum += correct.get(members.get(winner(subset)));
        subsets++;
      }
    }
    return sum / subsets;
  }
}
