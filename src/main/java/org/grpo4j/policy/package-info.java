/**
 * The policy: what is trained, behind one interface that knows no algorithm.
 *
 * <p>Reading order: {@link org.grpo4j.policy.TokenModel} (asking for distributions: token by token
 * with {@link org.grpo4j.policy.Decoding}, or for whole completions), {@link
 * org.grpo4j.policy.LanguageModel} (that and a version), {@link org.grpo4j.policy.Policy}
 * (training: {@code forward}, {@code backward}, {@code applyGradient}), {@link
 * org.grpo4j.policy.ForwardPass#backward} (the seam: a table of coefficients {@code dLoss/dlogp}
 * comes in, parameter gradients come out), {@link org.grpo4j.policy.TokenDistribution} (logits,
 * probabilities and the chain rule between them, Eq. 8 and 23), {@link
 * org.grpo4j.policy.PolicySnapshot} (a frozen copy: reference and old policy), {@link
 * org.grpo4j.policy.Workers} (threads with the same bits for any number of them), {@link
 * org.grpo4j.policy.ExpAndLog} (what distributions are computed with: tables and plain networks
 * have the same bits on every machine), {@link org.grpo4j.policy.Optimizer} (Adam and SGD of both).
 *
 * <p>{@link org.grpo4j.policy.Critic} is PPO's second model: it estimates rewards, and is trained
 * through {@link org.grpo4j.policy.ValuePass#backward} by a table {@code dLoss/dV}.
 *
 * <p>{@link org.grpo4j.policy.TabularPolicy} is the simplest implementation, a table of logits
 * without a network: start there to see the closed-form gradient. The networks are in {@code
 * policy.network}.
 *
 * <p><b>To add a policy</b>: implement {@code Policy}. What the tests of {@code TabularPolicy}
 * check must hold: decoding and scoring give the same log-probabilities, the gradient is that of
 * finite differences, saving and reading back gives the same bits.
 */
@NullMarked
package org.grpo4j.policy;

import org.jspecify.annotations.NullMarked;
