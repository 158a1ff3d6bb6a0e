/**
 * Numbers that describe training and evaluation and take no part in them.
 *
 * <p>Evaluation: {@link org.grpo4j.metric.PassAtK}, {@link org.grpo4j.metric.MajorityVote}, {@link
 * org.grpo4j.metric.BestAtK}, {@link org.grpo4j.metric.Proportion} with its {@link
 * org.grpo4j.metric.WilsonInterval}.
 *
 * <p>Training: {@link org.grpo4j.metric.RewardStatistics}, {@link
 * org.grpo4j.metric.LengthStatistics}, {@link org.grpo4j.metric.ExplainedVariance}. What describes
 * the objective itself (clip fractions, ratios, KL) is {@code objective.ObjectiveMetrics}.
 */
@NullMarked
package org.grpo4j.metric;

import org.jspecify.annotations.NullMarked;
