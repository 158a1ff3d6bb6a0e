package org.grpo4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularCriticTest {

  private static final Sequence AB = row("a", "ab$");
  private static final Sequence AA = row("a", "aa$");

  private static Sequence row(String prompt, String completion) {
    return new Sequence(
        TinyPolicies.LETTERS.encode(prompt), TinyPolicies.LETTERS.encode(completion));
  }

  private static TabularCritic critic() {
    return TabularCritic.zero(
        TinyPolicies.LETTERS.size(),
        TinyPolicies.MAX_NEW_TOKENS,
        TinyPolicies.PROMPTS,
        TinyPolicies.ADAM);
  }

  private static ForwardPass policyPass(List<Sequence> rows) {
    return TinyPolicies.letters(1).forward(rows, 1);
  }

  @Test
  void tokensThatFollowTheSamePrefixShareAValueAndTheirErrorsAddUp() {
    TabularCritic critic = critic();
    List<Sequence> rows = List.of(AB, AA);
    try (ValuePass pass = critic.forward(rows, policyPass(rows))) {
      assertEquals(TokenTable.constant(new int[] {3, 3}, 0), pass.values());
      pass.backward(TokenTable.of(new double[][] {{1, 10, 100}, {2, 20, 200}}));
    }
    double[] errors = critic.gradient().toArray();
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    assertEquals(333, sum, 0);
    assertEquals(3, errors[0], 0, "the empty prefix of prompt a");
    assertEquals(42, critic.parameterCount());
  }

  @Test
  void stepsTakeTheValuesToTheReturns() {
    TabularCritic critic = critic();
    List<Sequence> rows = List.of(AB, AA);
    double[][] returns = {{0.5, 0.5, 1}, {0.5, 0.5, 0}};
    for (int step = 0; step < 400; step++) {
      try (ValuePass pass = critic.forward(rows, policyPass(rows))) {
        double[][] error = pass.values().toArrays();
        for (int i = 0; i < error.length; i++) {
          for (int t = 0; t < error[i].length; t++) {
            error[i][t] -= returns[i][t];
          }
        }
        pass.backward(TokenTable.of(error));
      }
      critic.applyGradient(0.02, 1.0);
    }
    TokenTable values = critic.values(rows);
    for (int i = 0; i < returns.length; i++) {
      for (int t = 0; t < returns[i].length; t++) {
        assertEquals(returns[i][t], values.get(i, t), 1e-3);
      }
    }
  }

  @Test
  void aCriticReadBackGoesOnToTheSameBits(@TempDir Path directory) throws Exception {
    TabularCritic critic = critic();
    step(critic);
    critic.save(directory);
    TabularCritic restored = TabularCritic.load(directory);
    step(critic);
    step(restored);
    assertEquals(critic.parameters(), restored.parameters());
    assertEquals(3, step(restored).version());
  }

  private static GradientStep step(TabularCritic critic) {
    try (ValuePass pass = critic.forward(List.of(AB), policyPass(List.of(AB)))) {
      pass.backward(TokenTable.of(new double[][] {{0.1, -0.2, 0.3}}));
    }
    return critic.applyGradient(0.01, 1.0).orElseThrow();
  }

  @Test
  void aGradientThatIsNotFiniteIsNotApplied() {
    TabularCritic critic = critic();
    DoubleVector before = critic.parameters();
    try (ValuePass pass = critic.forward(List.of(AB), policyPass(List.of(AB)))) {
      pass.backward(TokenTable.of(new double[][] {{Double.NaN, 0, 0}}));
      assertThrows(
          IllegalArgumentException.class,
          () -> pass.backward(TokenTable.of(new double[][] {{1, 2}})));
    }
    critic.applyGradient(0.01, 1.0);
    assertEquals(before, critic.parameters());
  }
}
