package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what =
        "After the last token of a finished completion the last value is used once more instead of"
            + " 0.",
    symptom = "The critic feeds on itself; values drift.")
final class GaeBootstrapsFinishedRows extends Mistake {

  @Override
  public TokenTable generalizedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    double[][] advantages = new double[mask.rows()][];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = new double[mask.length(i)];
      double next = 0;
      double nextValue = values.get(i, mask.length(i) - 1);
      for (int t = advantages[i].length - 1; t >= 0; t--) {
        if (mask.get(i, t) != 0) {
          next = rewards.get(i, t) + gamma * nextValue - values.get(i, t) + gamma * lambda * next;
          nextValue = values.get(i, t);
          advantages[i][t] = next;
        }
      }
    }
    return TokenTable.of(advantages);
  }
}
