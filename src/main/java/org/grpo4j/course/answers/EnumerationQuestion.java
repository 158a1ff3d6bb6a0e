package org.grpo4j.course.answers;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.grpo4j.advantage.LeaveOneOutAdvantage;
import org.grpo4j.objective.KlEstimator;

/**
 * A question whose answer is a number, found by enumeration with the library's own estimators.
 *
 * @param id what the answer sheet calls it
 * @param text the question, in one sentence
 * @param answer the right number
 * @param wrong what known misunderstandings lead to
 */
record EnumerationQuestion(
    String id,
    String text,
    ToDoubleFunction<SmallWorld> answer,
    Function<SmallWorld, List<WrongAnswer>> wrong) {

  static List<EnumerationQuestion> all() {
    return List.of(
        new EnumerationQuestion(
            "true-gradient",
            "The derivative of the expected reward J by the logit of a.",
            Enumeration::trueGradient,
            world ->
                List.of(
                    new WrongAnswer(world.expectedReward(), "J itself"),
                    new WrongAnswer(-Enumeration.trueGradient(world), "its negative: J is climbed"),
                    new WrongAnswer(
                        world.probabilities().get(0) * (1 - world.probabilities().get(0)),
                        "the derivative of the probability of a; b earns something too"))),
        new EnumerationQuestion(
            "variance-alone",
            "The variance of r d log pi/dz_a, the estimate from one completion without a baseline.",
            world -> Enumeration.oneSampleVariance(world, 0),
            world -> wrongVariances(world, 0)),
        new EnumerationQuestion(
            "variance-baseline",
            "The same with the expected reward J as the baseline.",
            world -> Enumeration.oneSampleVariance(world, world.expectedReward()),
            world -> wrongVariances(world, world.expectedReward())),
        new EnumerationQuestion(
            "best-baseline",
            "The constant baseline for which that variance is smallest.",
            Enumeration::bestBaseline,
            world ->
                List.of(
                    new WrongAnswer(
                        world.expectedReward(),
                        "J: the usual baseline, but squares of scores weigh the rewards"))),
        new EnumerationQuestion(
            "group-mean-factor",
            "Groups of G, each reward minus the mean of its group: the expected gradient in units"
                + " of the true one.",
            world ->
                Enumeration.expected(world, Enumeration.CENTRED) / Enumeration.trueGradient(world),
            world ->
                List.of(
                    new WrongAnswer(
                        1, "the factor of leave-one-out: here the mean contains the reward itself"),
                    new WrongAnswer(world.groupSize() / (world.groupSize() - 1.0), "the inverse"))),
        new EnumerationQuestion(
            "leave-one-out-variance",
            "The variance of the gradient of one group of G with leave-one-out (RLOO).",
            world -> Enumeration.groupVariance(world, new LeaveOneOutAdvantage()),
            world ->
                List.of(
                    new WrongAnswer(
                        Enumeration.groupVariance(world, Enumeration.CENTRED),
                        "that with the group's mean as baseline"),
                    new WrongAnswer(
                        Enumeration.oneSampleVariance(world, world.expectedReward())
                            / world.groupSize(),
                        "that with J as baseline: the mean of the others is not J, but an estimate"
                            + " of it"))),
        new EnumerationQuestion(
            "deviation-weights",
            "Rewards 0 and 1, divided by the group's sample deviation without an epsilon: the"
                + " factor of the hard prompt's gradient divided by that of the medium one's.",
            world ->
                Enumeration.deviationFactor(world, world.hard())
                    / Enumeration.deviationFactor(world, world.medium()),
            world ->
                List.of(
                    new WrongAnswer(
                        Enumeration.deviationFactor(world, world.medium())
                            / Enumeration.deviationFactor(world, world.hard()),
                        "the inverse"),
                    new WrongAnswer(
                        Math.sqrt(
                            world.medium()
                                * (1 - world.medium())
                                / (world.hard() * (1 - world.hard()))),
                        "that of infinitely large groups"))),
        new EnumerationQuestion(
            "mean-weights",
            "The same if centred rewards are divided by the group's mean instead (0 if nobody is"
                + " right).",
            world ->
                Enumeration.meanFactor(world, world.hard())
                    / Enumeration.meanFactor(world, world.medium()),
            world ->
                List.of(
                    new WrongAnswer(
                        Enumeration.meanFactor(world, world.medium())
                            / Enumeration.meanFactor(world, world.hard()),
                        "the inverse"),
                    new WrongAnswer(
                        world.medium() / world.hard(), "that of infinitely large groups"))),
        new EnumerationQuestion(
            "k2-bias",
            "The expectation of K2 under pi minus KL(pi || ref).",
            world ->
                Enumeration.expectedValue(world, KlEstimator.K2) - Enumeration.divergence(world),
            world ->
                List.of(
                    new WrongAnswer(
                        Enumeration.expectedValue(world, KlEstimator.K2), "K2's expectation"),
                    new WrongAnswer(
                        Enumeration.divergence(world)
                            - Enumeration.expectedValue(world, KlEstimator.K2),
                        "its negative"))),
        new EnumerationQuestion(
            "k3-gradient",
            "K3 in the loss: the expected derivative by the logit of a, the samples held fixed.",
            world -> Enumeration.expectedSlope(world, KlEstimator.K3),
            world ->
                List.of(
                    new WrongAnswer(0, "that of K1"),
                    new WrongAnswer(
                        Enumeration.expectedSlope(world, KlEstimator.K2),
                        "that of K2, of KL(pi || ref)"),
                    new WrongAnswer(
                        -Enumeration.expectedSlope(world, KlEstimator.K3), "its negative"))));
  }

  private static List<WrongAnswer> wrongVariances(SmallWorld world, double baseline) {
    double variance = Enumeration.oneSampleVariance(world, baseline);
    double mean = Enumeration.trueGradient(world);
    return List.of(
        new WrongAnswer(Math.sqrt(variance), "the standard deviation"),
        new WrongAnswer(
            variance + mean * mean, "the mean square: the square of the mean is still in it"),
        new WrongAnswer(
            world.variance(1, drawn -> world.rewards().get(drawn[0])), "that of the reward"));
  }
}
