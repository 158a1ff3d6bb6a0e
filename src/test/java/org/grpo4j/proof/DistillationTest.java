package org.grpo4j.proof;

import static org.grpo4j.proof.Vectors.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.TabularPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On-policy distillation, sampled and over the whole vocabulary, by enumeration. */
class DistillationTest {

  private static final double EXACT = 1e-12;

  private static Distillation at(double temperature) {
    return new Distillation(Worlds.random(3, temperature, 1), Worlds.random(3, temperature, 2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1})
  void bothFormsHaveTheGradientOfTheDivergenceByPrefix(double temperature) {
    Distillation at = at(temperature);
    Divergences truth = new Divergences(at.student(), at.teacher());
    double[] byPrefix = truth.gradientOfReverseByPrefix(at.student());
    assertSame(byPrefix, at.sampled(0).mean(), EXACT, "sampled");
    assertSame(byPrefix, at.exact().mean(), EXACT, "exact");
  }

  @Test
  void discountOneIsTheGradientOfTheDivergenceOfWholeCompletions() {
    Distillation at = at(1);
    Divergences truth = new Divergences(at.student(), at.teacher());
    assertSame(truth.gradientOfReverse(), at.sampled(1).mean(), EXACT, "discount 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 1})
  void theWholeDistributionIsLessNoisy(double distance) {
    ExactWorld student = Worlds.random(3, 1, 1);
    Distillation at = new Distillation(student, Worlds.between(student, 2, distance));
    double sampled = at.sampled(0).noise();
    double exact = at.exact().noise();
    assertTrue(exact < sampled, exact + " and " + sampled);
    assertTrue(sampled < at.sampled(1).noise(), "and discount 1 is the noisiest");
  }

  @Test
  void theGradientOfTheExactFormIsTheSlopeOfItsLoss() {
    Distillation at = at(0.7);
    TabularPolicy policy = at.student().policy();
    double[] parameters = policy.parameters().toArray();
    double h = 1e-5;
    for (ExactWorld.Row row : at.student().rows()) {
      double[] slopes = new double[parameters.length];
      for (int k = 0; k < slopes.length; k++) {
        double[] moved = parameters.clone();
        moved[k] = parameters[k] + h;
        policy.setParameters(DoubleVector.of(moved));
        double above = at.loss(row);
        moved[k] = parameters[k] - h;
        policy.setParameters(DoubleVector.of(moved));
        slopes[k] = (above - at.loss(row)) / (2 * h);
      }
      policy.setParameters(DoubleVector.of(parameters));
      assertSame(slopes, at.gradient(row), 1e-7, "row " + row.number());
    }
  }
}
