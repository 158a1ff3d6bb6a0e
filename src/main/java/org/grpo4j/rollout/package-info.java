/**
 * Sampled texts: values only, no behaviour of their own.
 *
 * <p>Reading order: {@link org.grpo4j.rollout.Completion} (one text the policy wrote, with the
 * log-probability of each token), {@link org.grpo4j.rollout.Group} (the {@code G} completions of
 * one prompt), {@link org.grpo4j.rollout.RolloutBatch} (the {@code P} groups of one update, rows
 * numbered through). {@link org.grpo4j.rollout.Sequence} is the same row as a policy scores it.
 */
@NullMarked
package org.grpo4j.rollout;

import org.jspecify.annotations.NullMarked;
