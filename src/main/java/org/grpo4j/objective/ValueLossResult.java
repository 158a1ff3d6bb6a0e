package org.grpo4j.objective;

import org.grpo4j.math.TokenTable;

/**
 * The critic's loss on one batch.
 *
 * @param loss the loss
 * @param lossByValue {@code dloss/dV_it}, {@code [N][T_i]}: what the critic's backward pass takes
 * @param clipFraction share of tokens where the clipped square is strictly the larger
 */
public record ValueLossResult(double loss, TokenTable lossByValue, double clipFraction) {}
