package org.grpo4j.policy;

import org.grpo4j.math.TokenTable;

/**
 * The log-probabilities that a policy gives the tokens of some rows, {@code [N][T_i]}, and more.
 *
 * @param table {@code log pi(o_it | q_i, o_i,<t)} at the temperature asked for
 * @param entropies {@code H_it} of the distribution each token was drawn from, in nats
 */
public record TokenLogProbs(TokenTable table, TokenTable entropies) {}
