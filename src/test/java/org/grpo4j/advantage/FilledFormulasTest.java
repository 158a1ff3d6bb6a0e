package org.grpo4j.advantage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;

/** Formulas with their numbers filled in: what is written must give what stands beside it. */
class FilledFormulasTest {

  @Test
  void theFactorOfTheNextAdvantage() {
    GeneralizedAdvantage estimator = new GeneralizedAdvantage(0.9, 0.5, Optional.empty());
    TokenTable mask = TokenTable.of(new double[][] {{1, 1}});
    AdvantageInputs inputs =
        AdvantageInputs.of(DoubleVector.of(1), RowGroups.of(0), mask)
            .withTokenRewards(TokenTable.of(new double[][] {{0, 1}}))
            .withValues(TokenTable.of(new double[][] {{0.25, 0.5}}));
    Explanation advantage = estimator.explain(inputs, 0, 0);
    assertEquals(estimator.estimate(inputs).perToken().get(0, 0), advantage.value());
    assertTrue(advantage.text().contains("+ 0.9 * 0.5 * 0.5,"), advantage.text());
  }

  @Test
  void upToSixteenRewardsOfAGroupAreListed() {
    String sixteen = mean(16);
    assertTrue(sixteen.endsWith(", 14, 15"), sixteen);
    assertFalse(sixteen.contains("..."), sixteen);
    String seventeen = mean(17);
    assertTrue(seventeen.endsWith(", 14, 15, ... (17)"), seventeen);
  }

  /** What the mean of a group with rewards 0, 1, 2, … says. */
  private static String mean(int size) {
    double[] rewards = new double[size];
    double[][] mask = new double[size][1];
    for (int i = 0; i < size; i++) {
      rewards[i] = i;
      mask[i][0] = 1;
    }
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards), RowGroups.of(new int[size]), TokenTable.of(mask));
    Explanation advantage = GroupRelativeAdvantage.standard().explain(inputs, 0, 0);
    Explanation mean = advantage.parts().get(1);
    assertEquals("mean", mean.symbol());
    return mean.description();
  }
}
