package org.grpo4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ImportanceCorrection;
import org.grpo4j.objective.ImportanceCorrection.OutOfBounds;
import org.grpo4j.objective.ImportanceCorrection.Unit;
import org.grpo4j.policy.Routing;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;

/** The numbers of the drift, by hand. */
class SamplerDriftTest {

  private static final double LN2 = Math.log(2);
  private static final TokenTable LOG_RATIOS =
      TokenTable.of(new double[][] {{LN2, -LN2, 0}, {2 * LN2}});

  @Test
  void quantilesAreOfTokensOfCompletionsAndOfTokensWithOtherExperts() {
    TokenTable first = TokenTable.of(new double[][] {{1, 0, 0}, {0}});
    TokenTable second = TokenTable.of(new double[][] {{1, 1, 0}, {0}});
    Map<String, Double> m =
        new SamplerDrift(LOG_RATIOS, List.of(first, second), OptionalDouble.of(0.25)).metrics();
    assertEquals(Math.sqrt(2), m.get("sampling/ratio_p50"), 1e-12);
    assertEquals(Math.pow(2, -0.97), m.get("sampling/ratio_p01"), 1e-12);
    assertEquals(Math.pow(2, 1.97), m.get("sampling/ratio_p99"), 1e-12);
    // Completions: the geometric means are 1 and 4.
    assertEquals(2, m.get("sampling/sequence_ratio_p50"), 1e-12);
    assertEquals(Math.pow(4, 0.99), m.get("sampling/sequence_ratio_p99"), 1e-12);
    assertEquals(0.5, m.get("sampling/experts_changed"));
    assertEquals(0.25, m.get("sampling/experts_changed/layer0"));
    assertEquals(0.5, m.get("sampling/experts_changed/layer1"));
    assertEquals(1, m.get("sampling/ratio_p50/changed"), 1e-12);
    assertEquals(2, m.get("sampling/ratio_p50/same"), 1e-12);
    assertEquals(0.25, m.get("sampling/corrected"));
    // k3: rho - 1 - log rho of the ratios 2, 1/2, 1 and 4.
    assertEquals((2 + 0.5 + 1 + 4 - 4 - 2 * LN2) / 4, m.get("sampling/kl"), 1e-12);
  }

  @Test
  void withoutExpertsNothingIsSplit() {
    Map<String, Double> m =
        new SamplerDrift(LOG_RATIOS, List.of(), OptionalDouble.empty()).metrics();
    assertTrue(m.containsKey("sampling/ratio_p99"));
    assertFalse(m.containsKey("sampling/corrected"));
    assertFalse(m.keySet().stream().anyMatch(name -> name.matches(".*(changed|same).*")));
  }

  /** Rows of two tokens and of one; the second token of the first row goes another way. */
  @Test
  void theDistanceIsOfLearnerFromSamplerTokenByToken() {
    TokenTable learner = TokenTable.of(new double[][] {{-1, -2}, {-3}});
    TokenTable sampler = TokenTable.of(new double[][] {{-1.5, -1}, {-3}});
    TokenTable mask = TokenTable.constant(new int[] {2, 1}, 1);
    SamplerDrift drift =
        SamplerDrift.of(
            learner,
            sampler,
            mask,
            Optional.of(routing(1)),
            Optional.of(routing(0)),
            Optional.of(new ImportanceCorrection(Unit.TOKEN, OutOfBounds.MASK, 0.5, 2)));
    assertEquals(TokenTable.of(new double[][] {{0.5, -1}, {0}}), drift.logRatios());
    assertEquals(List.of(TokenTable.of(new double[][] {{0, 1}, {0}})), drift.changed());
    assertEquals(1 / 3.0, drift.corrected().orElseThrow(), 1e-15);
    assertEquals(
        Math.exp(-0.125), drift.metrics().get("sampling/sequence_ratio_p50"), 1e-12, "-1/4 and 0");
    SamplerDrift half =
        SamplerDrift.of(
            learner, sampler, mask, Optional.of(routing(1)), Optional.empty(), Optional.empty());
    assertEquals(List.of(), half.changed());
    assertTrue(half.corrected().isEmpty());
  }

  /** Experts 0 and 1; for the second token of the first row {@code second} and 2. */
  private static Routing routing(int second) {
    TokenSequence prompt = TokenSequence.of(7);
    return Routing.read(
        List.of(
            new Sequence(prompt, TokenSequence.of(1, 2)),
            new Sequence(prompt, TokenSequence.of(3))),
        1,
        3,
        2,
        (row, position, layer, chosen, p) -> {
          boolean other = row == 0 && position == 1;
          chosen[0] = other ? second : 0;
          chosen[1] = other ? 2 : 1;
          return true;
        });
  }
}
