/**
 * From rewards to advantages. An {@link org.grpo4j.advantage.AdvantageEstimator} turns {@link
 * org.grpo4j.advantage.AdvantageInputs} (rewards, groups, mask, and what else an estimator needs)
 * into {@link org.grpo4j.advantage.Advantages}, one number per token that can explain itself.
 *
 * <p>Start with {@link org.grpo4j.advantage.GroupRelativeAdvantage}, which is GRPO's.
 *
 * <p><b>To add an estimator</b>: write one record that implements {@code AdvantageEstimator}, with
 * {@code estimate} and {@code explain} computing the same numbers in the same order, and add its
 * line to the list above that interface. Experiment files, help and the tests that run over all
 * estimators find it there; {@code docs/extending.md} shows it step by step.
 */
@NullMarked
package org.grpo4j.advantage;

import org.jspecify.annotations.NullMarked;
