/**
 * The sampling of completions: lines 5 to 7 of the algorithm.
 *
 * <p>Read {@link org.grpo4j.train.sampling.SampledRollouts} (a batch of questions, a group for
 * each), {@link org.grpo4j.train.sampling.RolloutSampler} (chunks of groups, a random stream for
 * each completion), then {@code TokenLoop}, where the policy chooses a token. {@link
 * org.grpo4j.train.sampling.GreedyDecoder} is the same loop without chance.
 *
 * <p>To choose completions in another way (DAPO's {@link org.grpo4j.train.sampling.DynamicSampling}
 * is an example), implement {@link org.grpo4j.train.sampling.RolloutCollector}.
 */
@NullMarked
package org.grpo4j.train.sampling;

import org.jspecify.annotations.NullMarked;
