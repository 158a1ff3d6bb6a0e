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
 *   <li>{@link org.grpo4j.objective.KlPenalty}: the KL divergence from a reference policy.
 * </ol>
 *
 * <p>Read {@link org.grpo4j.objective.ClippedSurrogate}, then {@link
 * org.grpo4j.objective.GrpoObjective}, then {@link org.grpo4j.objective.TokenTerm}: a breakpoint in
 * {@code GrpoObjective.evaluateToken} shows one token's whole computation.
 *
 * <p><b>To add a variant</b>: write one record that implements the column's interface and add its
 * line to the list above that interface. Experiment files, help and the tests that run over all of
 * them, finite differences among them, find it there; {@code docs/extending.md} shows it step by
 * step for a surrogate.
 */
@NullMarked
package org.grpo4j.objective;

import org.jspecify.annotations.NullMarked;
