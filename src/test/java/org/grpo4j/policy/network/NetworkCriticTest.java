package org.grpo4j.policy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.NormalDeviates;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.objective.ValueLossResult;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.ValuePass;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.engine.Precision;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Critics: a network of their own, and a head on the policy's trunk. */
class NetworkCriticTest {

  private static final TransformerShape TINY = new TransformerShape(7, 8, 8, 2, 2, 12);
  private static final double CLIP = 0.05;

  private final Workers workers = new Workers(1);

  private static List<Sequence> rows() {
    return NetworkFixtures.rows(TINY, 3, 3, 3, 4);
  }

  private Policy policy(Precision precision) {
    return NetworkPolicies.transformer(TINY, precision, 3, workers);
  }

  /** Away from the first values, where gains are 1 and biases 0. */
  private static DoubleVector moved(DoubleVector parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = parameters.toArray();
    for (int k = 0; k < values.length; k++) {
      values[k] += 0.2 * NormalDeviates.next(random);
    }
    return DoubleVector.of(values);
  }

  private static ValueLossResult loss(TokenTable values) {
    return loss(values, CLIP);
  }

  private static ValueLossResult loss(TokenTable values, double clip) {
    TokenTable mask = TokenTable.constant(values.lengths(), 1);
    double[][] old = values.toArrays();
    double[][] returns = values.toArrays();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < old.length; i++) {
      for (int t = 0; t < old[i].length; t++) {
        old[i][t] = random.nextDouble(-0.1, 0.1);
        returns[i][t] = random.nextDouble();
      }
    }
    return new ValueLoss(clip, Aggregation.tokenMean())
        .evaluate(
            values,
            TokenTable.of(old),
            TokenTable.of(returns),
            mask,
            RowGroups.consecutive(mask.rows(), 1));
  }

  @Test
  void finiteDifferencesConfirmTheGradientOfASeparateCritic() {
    NetworkCritic critic =
        (NetworkCritic) NetworkCritics.separate(policy(Precision.REFERENCE_DOUBLE), 5, workers);
    TrainableNetwork network = critic.trainable();
    network.setParameters(moved(network.parameters(), 1));
    List<Sequence> rows = rows();
    double clipped = backward(critic, rows);
    assertTrue(clipped > 0 && clipped < 1, "some values are clipped, not all: " + clipped);
    double[] gradient = network.gradientSum().values().clone();
    double[] theta = network.parameters().toArray();
    SplittableRandom random = new SplittableRandom(2);
    double scale = largest(gradient);
    for (int check = 0; check < 60; check++) {
      int k = check < 9 ? theta.length - 1 - check : random.nextInt(theta.length);
      double h = 1e-6;
      double above = lossAt(network, critic, rows, theta, k, h);
      double below = lossAt(network, critic, rows, theta, k, -h);
      assertEquals((above - below) / (2 * h), gradient[k], 1e-6 * scale, "parameter " + k);
    }
  }

  private static double backward(Critic critic, List<Sequence> rows) {
    try (ValuePass pass = separatePass(critic, rows)) {
      ValueLossResult result = loss(pass.values());
      pass.backward(result.lossByValue());
      return result.clipFraction();
    }
  }

  /** A critic of its own does not look at the policy's pass. */
  private static ValuePass separatePass(Critic critic, List<Sequence> rows) {
    try (Workers one = new Workers(1);
        Policy any = NetworkPolicies.transformer(TINY, Precision.FAST_FLOAT, 1, one);
        ForwardPass pass = any.forward(rows, 1)) {
      return critic.forward(rows, pass);
    }
  }

  private static double lossAt(
      TrainableNetwork network,
      Critic critic,
      List<Sequence> rows,
      double[] theta,
      int k,
      double h) {
    double[] shifted = theta.clone();
    shifted[k] += h;
    network.setParameters(DoubleVector.of(shifted));
    return loss(critic.values(rows)).loss();
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** {@code sum g log pi + 0.5 value loss}, both through one trunk. */
  @Test
  void finiteDifferencesConfirmTheGradientOfBothLossesThroughASharedTrunk() {
    Policy policy = NetworkCritics.withValueHead(policy(Precision.REFERENCE_DOUBLE), 5, workers);
    Critic critic = NetworkCritics.valueHead(policy);
    policy.setParameters(moved(policy.parameters(), 1));
    List<Sequence> rows = rows();
    TokenTable g = NetworkFixtures.coefficients(rows, 6);
    try (ForwardPass pass = policy.forward(rows, 0.8);
        ValuePass values = critic.forward(rows, pass)) {
      values.backward(loss(values.values()).lossByValue().times(0.5));
      pass.backward(g);
    }
    double[] gradient = policy.gradient().toArray();
    double[] theta = policy.parameters().toArray();
    SplittableRandom random = new SplittableRandom(2);
    double scale = largest(gradient);
    for (int check = 0; check < 60; check++) {
      int k = check < 9 ? theta.length - 1 - check : random.nextInt(theta.length);
      double h = 1e-6;
      double above = sharedLossAt(policy, critic, rows, g, theta, k, h);
      double below = sharedLossAt(policy, critic, rows, g, theta, k, -h);
      assertEquals((above - below) / (2 * h), gradient[k], 1e-6 * scale, "parameter " + k);
    }
  }

  private static double sharedLossAt(
      Policy policy,
      Critic critic,
      List<Sequence> rows,
      TokenTable g,
      double[] theta,
      int k,
      double h) {
    double[] shifted = theta.clone();
    shifted[k] += h;
    policy.setParameters(DoubleVector.of(shifted));
    TokenTable logProbs = policy.logProbs(rows, 0.8).table();
    double loss = 0.5 * loss(critic.values(rows)).loss();
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < logProbs.length(i); t++) {
        loss += g.get(i, t) * logProbs.get(i, t);
      }
    }
    return loss;
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void kernelsGiveTheValuesAndGradientOfTheReference(Precision precision) {
    NetworkCritic reference =
        (NetworkCritic) NetworkCritics.separate(policy(Precision.REFERENCE_DOUBLE), 5, workers);
    NetworkCritic fast = (NetworkCritic) NetworkCritics.separate(policy(precision), 5, workers);
    fast.trainable().setParameters(moved(reference.trainable().parameters(), 1));
    reference.trainable().setParameters(fast.trainable().parameters());
    List<Sequence> rows = rows();
    TokenTable expected = reference.values(rows);
    TokenTable actual = fast.values(rows);
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < expected.length(i); t++) {
        assertEquals(expected.get(i, t), actual.get(i, t), 1e-5);
      }
    }
    backward(reference, rows);
    backward(fast, rows);
    double difference =
        NetworkFixtures.relativeDifference(
            reference.trainable().gradientSum().values(), fast.trainable().gradientSum().values());
    assertTrue(difference < 1e-5, "gradient: " + difference);
  }

  @Test
  void aValueHeadLeavesThePolicyAsItIsAndCountsOneOutputMore() {
    Policy plain =
        NetworkPolicies.transformer(NetworkFixtures.SMALL, Precision.FAST_FLOAT, 3, workers);
    Policy headed = NetworkCritics.withValueHead(plain, 5, workers);
    List<Sequence> rows = NetworkFixtures.rows(NetworkFixtures.SMALL, 4, 3, 6, 1);
    TokenTable expected = plain.logProbs(rows, 1).table();
    TokenTable actual = headed.logProbs(rows, 1).table();
    for (int i = 0; i < rows.size(); i++) {
      for (int t = 0; t < expected.length(i); t++) {
        assertEquals(expected.get(i, t), actual.get(i, t), 1e-6);
      }
    }
    assertEquals(31222 + 49, headed.parameterCount());
    assertEquals(0, NetworkCritics.valueHead(headed).parameterCount());
    Critic separate = NetworkCritics.separate(plain, 5, workers);
    assertEquals(31222 - 21 * 49, separate.parameterCount());
    assertThrows(IllegalArgumentException.class, () -> NetworkCritics.valueHead(plain));
    assertThrows(
        IllegalArgumentException.class, () -> NetworkCritics.withValueHead(headed, 5, workers));
  }

  @ParameterizedTest
  @EnumSource
  void theTrunkOfACriticStartsAsThePolicys(Precision precision) {
    Policy policy = policy(precision);
    policy.setParameters(moved(policy.parameters(), 1));
    NetworkCritic critic = (NetworkCritic) NetworkCritics.separate(policy, 5, workers);
    int trunk = policy.parameterCount() - 7 * 9;
    for (int k = 0; k < trunk; k++) {
      assertEquals(
          policy.parameters().get(k), critic.trainable().parameters().get(k), 0, "parameter " + k);
    }
    assertEquals(trunk + 9, critic.parameterCount());
  }

  @Test
  void anLstmHasCriticsToo() {
    Policy lstm = NetworkPolicies.lstm(7, 8, 8, Precision.REFERENCE_FLOAT, 3, workers);
    Critic critic = NetworkCritics.separate(lstm, 5, workers);
    critic.resetOptimizer(NetworkFixtures.ADAM);
    Policy headed = NetworkCritics.withValueHead(lstm, 5, workers);
    assertEquals(lstm.parameterCount() + 9, headed.parameterCount());
    assertTrue(training(critic) < 0.3);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void stepsFitTheReturns(Precision precision) {
    Critic critic = NetworkCritics.separate(policy(precision), 5, workers);
    critic.resetOptimizer(NetworkFixtures.ADAM);
    double left = training(critic);
    assertTrue(left < 0.3, "left of the loss: " + left);
  }

  /** What 150 steps leave of the loss. */
  private static double training(Critic critic) {
    List<Sequence> rows = rows();
    double before = loss(critic.values(rows), Double.POSITIVE_INFINITY).loss();
    for (int step = 0; step < 150; step++) {
      try (ValuePass pass = separatePass(critic, rows)) {
        pass.backward(loss(pass.values(), Double.POSITIVE_INFINITY).lossByValue());
      }
      critic.applyGradient(1e-2, 1.0);
    }
    return loss(critic.values(rows), Double.POSITIVE_INFINITY).loss() / before;
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void aCriticReadBackGoesOnToTheSameBits(Precision precision, @TempDir Path directory)
      throws Exception {
    Critic critic = NetworkCritics.separate(policy(precision), 5, workers);
    critic.resetOptimizer(NetworkFixtures.ADAM);
    List<Sequence> rows = rows();
    for (int step = 0; step < 3; step++) {
      backward(critic, rows);
      critic.applyGradient(1e-2, 1.0);
    }
    critic.save(directory);
    Critic restored = NetworkPolicies.restoreCritic(directory, workers);
    assertEquals(critic.values(rows), restored.values(rows));
    for (Critic one : List.of(critic, restored)) {
      backward(one, rows);
      assertEquals(4, one.applyGradient(1e-2, 1.0).orElseThrow().version());
    }
    assertEquals(critic.values(rows), restored.values(rows));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST_FLOAT", "PLAIN_FLOAT"})
  void aPolicyWithAValueHeadIsReadBackWithIt(Precision precision, @TempDir Path directory)
      throws Exception {
    Policy policy = NetworkCritics.withValueHead(policy(precision), 5, workers);
    policy.save(directory);
    Policy restored = NetworkPolicies.restore(directory, workers);
    List<Sequence> rows = rows();
    assertEquals(
        NetworkCritics.valueHead(policy).values(rows),
        NetworkCritics.valueHead(restored).values(rows));
  }

  @Test
  void valuesOfASharedTrunkMustGoBackBeforeThePolicy() {
    Policy policy = NetworkCritics.withValueHead(policy(Precision.FAST_FLOAT), 5, workers);
    Critic critic = NetworkCritics.valueHead(policy);
    List<Sequence> rows = rows();
    try (ForwardPass pass = policy.forward(rows, 1);
        ValuePass values = critic.forward(rows, pass)) {
      pass.backward(NetworkFixtures.coefficients(rows, 6));
      TokenTable slope = loss(values.values()).lossByValue();
      assertThrows(IllegalStateException.class, () -> values.backward(slope));
    }
    Policy other = policy(Precision.FAST_FLOAT);
    try (ForwardPass pass = other.forward(rows, 1)) {
      assertThrows(IllegalArgumentException.class, () -> critic.forward(rows, pass));
    }
    assertTrue(critic.applyGradient(1e-2, 1.0).isEmpty());
  }
}
