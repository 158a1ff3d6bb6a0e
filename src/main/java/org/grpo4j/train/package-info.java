/**
 * The training of a policy: who does what, when.
 *
 * <p>Read {@link org.grpo4j.train.GrpoTrainer} first: it is the paper's algorithm box, line by
 * line. It asks
 *
 * <ul>
 *   <li>a {@link org.grpo4j.train.sampling.RolloutCollector} for questions and completions ({@code
 *       train.sampling}),
 *   <li>a reward function, an advantage estimator and an objective for the mathematics, and
 *   <li>the {@link org.grpo4j.policy.Policy} for gradients and steps.
 * </ul>
 *
 * <p>{@link org.grpo4j.train.PpoTrainer} is the same with a critic; compare the two files side by
 * side.
 *
 * <p>{@link org.grpo4j.train.Sampler} says who samples. Usually that is the policy that learns;
 * made another one, with older or rounded weights, it shows what large systems have to correct, and
 * how far both are apart is in {@link org.grpo4j.train.SamplerDrift}.
 *
 * <p>{@link org.grpo4j.train.UpdateTrace} is everything an update computed; {@link
 * org.grpo4j.train.UpdateMetrics} sums it up in numbers, {@code train.inspection} looks at some of
 * its completions more closely. {@link org.grpo4j.train.TrainingLoop} puts updates, evaluations
 * ({@code train.evaluation}) and checkpoints in a row, {@link org.grpo4j.train.ColdStart} comes
 * before it. Nothing here prints or writes files: a {@link org.grpo4j.train.TrainingLoop.Listener}
 * is notified.
 *
 * <p>To add an algorithm, look first whether it is a new estimator or surrogate: then it belongs to
 * {@link org.grpo4j.advantage} or {@link org.grpo4j.objective} and no trainer changes. A new
 * trainer implements {@link org.grpo4j.train.Trainer} and keeps the skeleton of {@code
 * GrpoTrainer}, so that a diff of the two shows what is different.
 */
@NullMarked
package org.grpo4j.train;

import org.jspecify.annotations.NullMarked;
