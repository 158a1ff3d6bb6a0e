package org.grpo4j.policy;

import org.grpo4j.math.TokenTable;

/**
 * How a policy rates the tokens of some completions, {@code [N][T_i]} each.
 *
 * @param table {@code log pi(o_it | q_i, o_i,<t)} at the temperature asked for
 * @param entropies {@code H_it} of the distribution each token was drawn from, in nats
 */
public record TokenLogProbs(TokenTable table, TokenTable entropies) {}
