package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.NormalDeviates;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Balance;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which token goes through which expert, counted, balanced and replayed. */
class RoutingTest {

  private static final TransformerShape SHAPE = NetworkFixtures.EXPERTS;

  private final List<Sequence> rows = NetworkFixtures.rows(SHAPE, 6, 5, 4, 2);

  private static Policy policy(TransformerShape shape, Precision precision, long seed) {
    return NetworkPolicies.transformer(shape, precision, seed, new Workers(1));
  }

  @Test
  void equalPreferencesAreDecidedByIndexAndTheChoiceIsInAscendingOrder() {
    Experts experts = new Experts(5, 3, 1, 0, new Balance.None());
    int[] chosen = new int[4];
    experts.choose(new double[] {0.2, 0.1, 0.2, 0.2, 0.3}, chosen, 1);
    assertArrayEquals(new int[] {0, 0, 2, 4}, chosen);
    experts.choose(new double[] {Double.NaN, 1, Double.NaN, 2, 0}, chosen, 0);
    assertArrayEquals(new int[] {0, 1, 3, 4}, new int[] {chosen[0], chosen[1], chosen[2], 4});
  }

  /** Two tokens of one prompt, three experts of which two are active, one layer. */
  private static Routing written(int[] first, int[] second) {
    Sequence row = new Sequence(TokenSequence.of(7, 8), TokenSequence.of(1, 2));
    return Routing.read(
        List.of(row),
        1,
        3,
        2,
        (r, position, layer, chosen, p) -> {
          int[] own = position == 1 ? first : second;
          System.arraycopy(own, 0, chosen, 0, 2);
          System.arraycopy(new double[] {0.5, 0.375, 0.125}, 0, p, 0, 3);
          return position > 0;
        });
  }

  /** Choices of experts that differ, of all tokens and layers. */
  private static double changes(Routing one, Routing other) {
    double changes = 0;
    for (int layer = 0; layer < one.layers(); layer++) {
      TokenTable changed = one.changed(other, layer);
      for (int i = 0; i < changed.rows(); i++) {
        changes += changed.row(i).sum();
      }
    }
    return changes;
  }

  @Test
  void loadsAreCountedOverTheCompletionTokens() {
    Routing routing = written(new int[] {0, 1}, new int[] {0, 1});
    assertEquals(2, routing.tokens());
    assertArrayEquals(new long[] {2, 2, 0}, routing.load(0));
    assertEquals(1, routing.deadExperts(0));
    assertEquals(3 * (0.5 * 0.5 + 0.5 * 0.375), routing.balanceLoss(), 1e-12);
    Routing later = written(new int[] {0, 1}, new int[] {1, 2});
    assertEquals(TokenTable.of(new double[][] {{0, 1}}), later.changed(routing, 0));
    assertEquals(0, changes(later, later));
    assertThrows(IllegalStateException.class, () -> later.requireReplayOf(routing));
    later.requireReplayOf(written(new int[] {0, 1}, new int[] {1, 2}));
  }

  @ParameterizedTest
  @EnumSource
  void aReplayedPassUsesTheGivenExpertsAndGivesTheRouterAGradient(Precision precision) {
    Policy policy = policy(SHAPE, precision, 1);
    Policy other = policy(SHAPE, precision, 2);
    Routing own = policy.routing(rows).orElseThrow();
    Routing given = other.routing(rows).orElseThrow();
    assertTrue(changes(own, given) > 0.3 * own.tokens(), "they differ");
    assertEquals(0, changes(policy.snapshot().routing(rows).orElseThrow(), own));
    TokenTable natural = policy.logProbs(rows, 1).table();
    double[] decoded = decoded(policy);
    try (ForwardPass same = policy.forward(rows, 1, own);
        ForwardPass pass = policy.forward(rows, 1, given)) {
      assertEquals(natural, same.logProbs().table());
      assertNotEquals(natural, pass.logProbs().table());
      assertEquals(0, changes(pass.routing().orElseThrow(), given));
      TokenTable g = NetworkFixtures.coefficients(rows, 4);
      double[] gradient = pass.gradientOf(g, NetworkFixtures.coefficients(rows, 5)).toArray();
      ParameterBlock router = block(policy, "block0.feedforward.router.weight");
      double norm = 0;
      for (int i = router.offset(); i < router.offset() + router.size(); i++) {
        norm += gradient[i] * gradient[i];
      }
      assertTrue(norm > 0);
    }
    assertArrayEquals(decoded, decoded(policy), "nothing stays given when decoding");
    try (ForwardPass free = policy.forward(rows, 1)) {
      assertEquals(natural, free.logProbs().table(), "nothing stays given");
    }
  }

  /** The logits behind all prompts. */
  private double[] decoded(Policy policy) {
    List<TokenSequence> prompts = rows.stream().map(Sequence::prompt).toList();
    double[] all = new double[rows.size() * SHAPE.vocabularySize()];
    double[] logits = new double[SHAPE.vocabularySize()];
    try (Decoding decoding = policy.startDecoding(prompts, 1)) {
      for (int r = 0; r < rows.size(); r++) {
        decoding.logits(r, logits);
        System.arraycopy(logits, 0, all, r * logits.length, logits.length);
      }
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void oneAndTwoWorkersGiveTheSameBits(Precision precision) {
    List<Sequence> many = NetworkFixtures.rows(SHAPE, 9, 8, 4, 2);
    try (Workers two = new Workers(2)) {
      Policy a = policy(SHAPE, precision, 1);
      Policy b = NetworkPolicies.transformer(SHAPE, precision, 1, two);
      for (Policy policy : List.of(a, b)) {
        try (ForwardPass pass = policy.forward(many, 1)) {
          pass.backward(NetworkFixtures.coefficients(many, 4));
        }
      }
      assertEquals(a.gradient(), b.gradient());
      assertEquals(0, changes(a.routing(many).orElseThrow(), b.routing(many).orElseThrow()));
    }
  }

  /** Buffers are used again: what an earlier pass has left in the padding decides nothing. */
  @Test
  void aGradientDoesNotDependOnThePassesBeforeIt() {
    List<Sequence> many = NetworkFixtures.rows(SHAPE, 9, 8, 4, 2);
    List<Sequence> more = NetworkFixtures.rows(SHAPE, 7, 8, 4, 3);
    TokenTable g = NetworkFixtures.coefficients(more, 4);
    DoubleVector expected = DoubleVector.empty();
    for (int looks = 0; looks < 3; looks++) {
      Policy policy = policy(SHAPE, Precision.FAST_FLOAT, 1);
      for (int i = 0; i < looks; i++) {
        policy.forward(many, 1).close();
        policy.forward(more, 1).close();
        policy.setParameters(policy(SHAPE, Precision.FAST_FLOAT, 1).parameters());
      }
      try (ForwardPass pass = policy.forward(many, 1)) {
        pass.backward(NetworkFixtures.coefficients(many, 4));
      }
      policy.applyGradient(1e-2, 1);
      policy.routing(more.subList(0, looks * 8));
      try (ForwardPass pass = policy.forward(more, 1)) {
        pass.backward(g);
      }
      expected = looks == 0 ? policy.gradient() : expected;
      assertEquals(expected, policy.gradient(), looks + " passes before");
    }
  }

  @Test
  void theGradientOfAReplayedPassIsTheDerivativeOfItsLoss() {
    Policy policy = policy(SHAPE, Precision.REFERENCE_DOUBLE, 1);
    Routing given = policy(SHAPE, Precision.REFERENCE_DOUBLE, 2).routing(rows).orElseThrow();
    TokenTable g = NetworkFixtures.coefficients(rows, 4);
    TokenTable none = TokenTable.constant(g.lengths(), 0);
    double[] start = policy.parameters().toArray();
    double[] gradient;
    try (ForwardPass pass = policy.forward(rows, 1, given)) {
      gradient = pass.gradientOf(g, none).toArray();
    }
    double[] direction = new double[start.length];
    SplittableRandom random = new SplittableRandom(1);
    double expected = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = NormalDeviates.next(random);
      expected += direction[i] * gradient[i];
    }
    double measured =
        (loss(policy, start, direction, 1e-6, g, given)
                - loss(policy, start, direction, -1e-6, g, given))
            / 2e-6;
    assertEquals(expected, measured, 1e-6);
  }

  private double loss(
      Policy policy, double[] start, double[] direction, double step, TokenTable g, Routing given) {
    double[] there = start.clone();
    for (int i = 0; i < there.length; i++) {
      there[i] += step * direction[i];
    }
    policy.setParameters(DoubleVector.of(there));
    double loss = 0;
    try (ForwardPass pass = policy.forward(rows, 1, given)) {
      for (int i = 0; i < g.rows(); i++) {
        for (int t = 0; t < g.length(i); t++) {
          loss += g.get(i, t) * pass.logProbs().table().get(i, t);
        }
      }
    }
    return loss;
  }

  @Test
  void aRoutingOfOtherRowsIsRefused() {
    Policy policy = policy(SHAPE, Precision.FAST_FLOAT, 1);
    Routing fewer = policy.routing(rows.subList(0, 29)).orElseThrow();
    assertThrows(RuntimeException.class, () -> policy.forward(rows, 1, fewer));
    Routing others = policy.routing(NetworkFixtures.rows(SHAPE, 6, 5, 4, 3)).orElseThrow();
    assertThrows(RuntimeException.class, () -> policy.forward(rows, 1, others));
    Policy dense = policy(NetworkFixtures.TWO_LAYERS, Precision.FAST_FLOAT, 1);
    assertEquals(Optional.empty(), dense.routing(rows));
    assertThrows(UnsupportedOperationException.class, () -> dense.forward(rows, 1, fewer));
  }

  @ParameterizedTest
  @EnumSource
  void theSelectionBiasMovesAgainstTheLoadAndNothingElseMovesIt(Precision precision) {
    TransformerShape shape = NetworkFixtures.BIASED_EXPERTS;
    Policy policy = policy(shape, precision, 1);
    Routing routing;
    try (ForwardPass pass = policy.forward(rows, 1)) {
      routing = pass.routing().orElseThrow();
      TokenTable g = NetworkFixtures.coefficients(rows, 4);
      pass.backward(g);
      pass.backward(g);
    }
    policy.applyGradient(1e-3, 1);
    policy.applyGradient(1e-3, 1); // no pass went back since: there is no load to follow
    for (int layer = 0; layer < 2; layer++) {
      ParameterBlock bias = block(policy, "block" + layer + ".feedforward.router.bias");
      for (int e = 0; e < 5; e++) {
        double share = routing.load(layer)[e] / (3.0 * routing.tokens());
        assertEquals(
            1e-3 * Math.signum(0.2 - share), policy.parameters().get(bias.offset() + e), 1e-9);
      }
    }
  }

  @Test
  void aPassAddsItsBalanceLossOnceAndToNoGradientOfTokens() {
    Policy policy = policy(SHAPE, Precision.FAST_FLOAT, 1);
    TokenTable g = NetworkFixtures.coefficients(rows, 4);
    TokenTable none = TokenTable.constant(g.lengths(), 0);
    try (ForwardPass pass = policy.forward(rows, 1)) {
      double[] ofTokens = pass.gradientOf(g, none).toArray();
      pass.backward(g);
      double[] once = policy.gradient().toArray();
      pass.backward(g);
      double[] twice = policy.gradient().toArray();
      assertTrue(NetworkFixtures.relativeDifference(once, ofTokens) > 1e-3);
      for (int i = 0; i < once.length; i++) {
        assertEquals(ofTokens[i], twice[i] - once[i], 1e-12);
      }
      assertEquals(pass.gradientOf(g, none), DoubleVector.of(ofTokens));
    }
  }

  private static ParameterBlock block(Policy policy, String name) {
    return policy.parameterBlocks().stream()
        .filter(block -> block.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void parametersInAllAndPerTokenAreKnown() {
    Policy policy = policy(SHAPE, Precision.FAST_FLOAT, 1);
    int expert = 6 * (2 * 16 + 1);
    assertEquals(policy.parameterCount() - 2 * 2 * expert, policy.activeParameterCount());
    assertEquals(
        "transformer of 2 x 16, 2 heads, 4 experts of 6, 2 active, shared 5, fast_float, "
            + policy.parameterCount()
            + " parameters ("
            + policy.activeParameterCount()
            + " active), 1 worker",
        policy.describe());
  }
}
