/**
 * Numbers that describe training and evaluation and take no part in them.
 *
 * <p>Evaluation: {@link org.grpo4j.metric.PassAtK}, {@link org.grpo4j.metric.MajorityVote}, {@link
 * org.grpo4j.metric.Proportion} with its {@link org.grpo4j.metric.WilsonInterval}.
 */
@NullMarked
package org.grpo4j.metric;

import org.jspecify.annotations.NullMarked;
