/**
 * The objective: from log-probabilities and advantages to a loss and its derivative by every
 * log-probability. Plain arithmetic on {@code double}; knows no network.
 *
 * <p>An algorithm is a choice in each of five columns, the first of which is in {@code advantage}:
 *
 * <ol>
 *   <li>{@code advantage.AdvantageEstimator}: how good a completion was;
 *   <li>{@link org.grpo4j.objective.Surrogate}: the policy term of a token;
 *   <li>{@link org.grpo4j.objective.RatioLevel}: what one importance ratio covers;
 *   <li>{@link org.grpo4j.objective.Aggregation}: the weight of each token;
 *   <li>{@link org.grpo4j.objective.KlPenalty}: the divergence from a reference policy.
 * </ol>
 *
 * <p>Read {@link org.grpo4j.objective.ClippedSurrogate}, then {@link
 * org.grpo4j.objective.GrpoObjective}, then {@link org.grpo4j.objective.TokenTerm}: a breakpoint in
 * {@code GrpoObjective.evaluateToken} shows one token's whole computation.
 *
 * <p>To add a variant: write a record that implements the column's interface, name it in the
 * interface's {@code permits}, and add it to the finite-difference test, which runs over all of
 * them.
 */
@NullMarked
package org.grpo4j.objective;

import org.jspecify.annotations.NullMarked;
