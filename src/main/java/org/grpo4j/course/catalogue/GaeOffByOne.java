package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "The value of the token itself is used as the value of the next state.",
    symptom = "The critic seems to learn, the advantages carry almost no signal.")
final class GaeOffByOne extends Mistake {

  @Override
  public TokenTable generalizedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    double[][] advantages = new double[mask.rows()][];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = new double[mask.length(i)];
      double next = 0;
      double nextValue = 0;
      for (int t = advantages[i].length - 1; t >= 0; t--) {
        if (mask.get(i, t) != 0) {
          nextValue = values.get(i, t);
          next = rewards.get(i, t) + gamma * nextValue - values.get(i, t) + gamma * lambda * next;
          advantages[i][t] = next;
        }
      }
    }
    return TokenTable.of(advantages);
  }
}
