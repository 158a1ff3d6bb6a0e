package org.grpo4j.course.catalogue;

import org.grpo4j.math.TokenTable;

/**
 * The loss of a batch.
 *
 * @param loss one number
 * @param slopes its derivative by every log-probability, or by every value of the critic
 */
public record BatchLoss(double loss, TokenTable slopes) {}
