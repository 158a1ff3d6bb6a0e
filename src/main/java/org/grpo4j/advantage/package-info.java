/**
 * From rewards to advantages. An {@link org.grpo4j.advantage.AdvantageEstimator} turns {@link
 * org.grpo4j.advantage.AdvantageInputs} (rewards, groups, mask, and what else an estimator needs)
 * into {@link org.grpo4j.advantage.Advantages}, one number per token that can explain itself.
 *
 * <p>Start with {@link org.grpo4j.advantage.GroupRelativeAdvantage}, which is GRPO's.
 *
 * <p>To add an estimator: write a record that implements {@code AdvantageEstimator}, with {@code
 * estimate} and {@code explain} computing the same numbers in the same order, name it in the
 * interface's {@code permits}, and add it to the tests that run over all estimators.
 */
@NullMarked
package org.grpo4j.advantage;

import org.jspecify.annotations.NullMarked;
