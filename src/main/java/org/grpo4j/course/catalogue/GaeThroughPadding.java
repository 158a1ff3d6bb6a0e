package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "Masked positions are steps like any other: they discount, and their values count.",
    symptom = "Advantages depend on what the critic says about padding.",
    seen = "OpenRLHF treats a hole in the mask so",
    elsewhere = "OpenRLHF does so with a hole in the mask; Eq. 37 here skips masked tokens.")
final class GaeThroughPadding extends Mistake {

  @Override
  public TokenTable generalizedAdvantages(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    double[][] advantages = new double[mask.rows()][];
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] = new double[mask.length(i)];
      double next = 0;
      double nextValue = 0;
      for (int t = advantages[i].length - 1; t >= 0; t--) {
        next = rewards.get(i, t) + gamma * nextValue - values.get(i, t) + gamma * lambda * next;
        nextValue = values.get(i, t);
        advantages[i][t] = mask.get(i, t) != 0 ? next : 0;
      }
    }
    return TokenTable.of(advantages);
  }
}
