package org.grpo4j.train.inspection;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/**
 * Who made the parameter gradient of the first optimiser step. The gradient of the loss is a sum
 * over tokens, {@code grad = sum_it g_it dlog pi_it/dtheta}; the share of one summand is its
 * projection on the whole,
 *
 * <pre>share_it = &lt;grad_it, grad&gt; / |grad|^2</pre>
 *
 * <p>so that the shares of all tokens of the mini-batch sum to 1. A negative share pulls the other
 * way. A term that is no token's, such as a value head's loss on a shared trunk, keeps what is
 * missing to 1. {@code NaN} stands for rows that were not in the first mini-batch.
 *
 * @param rowNorms {@code |grad_i|} of each completion, before clipping, {@code [rows]}
 * @param rowShares its share, {@code [rows]}
 * @param tokenNorms {@code |grad_it|}, {@code [rows][T_i]}
 * @param tokenShares its share, {@code [rows][T_i]}
 */
public record GradientShares(
    DoubleVector rowNorms, DoubleVector rowShares, TokenTable tokenNorms, TokenTable tokenShares) {}
