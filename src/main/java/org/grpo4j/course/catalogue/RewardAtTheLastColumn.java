package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

@Story(
    area = "critic",
    what = "The score is put into the last column of the padded table instead of the last token.",
    symptom = "Only completions of full length are ever rewarded.")
final class RewardAtTheLastColumn extends Mistake {

  @Override
  public TokenTable tokenRewards(
      DoubleVector scores,
      TokenTable logProbs,
      TokenTable reference,
      TokenTable mask,
      double beta) {
    DoubleVector none = DoubleVector.constant(scores.size(), 0);
    double[][] rewards = super.tokenRewards(none, logProbs, reference, mask, beta).toArrays();
    for (int i = 0; i < rewards.length; i++) {
      int last = rewards[i].length - 1;
      rewards[i][last] += mask.get(i, last) == 0 ? 0 : scores.get(i);
    }
    return TokenTable.of(rewards);
  }
}
