/**
 * The seam inside the network: what a policy asks of whatever computes it.
 *
 * <p>Reading order: {@link org.grpo4j.policy.network.engine.Engine} (load parameters, forward,
 * decode), {@link org.grpo4j.policy.network.engine.MicroPass} (one micro-batch forward and back),
 * {@link org.grpo4j.policy.network.engine.GradientSum} (where gradients meet, in order). {@link
 * org.grpo4j.policy.network.engine.TransformerShape} and {@link
 * org.grpo4j.policy.network.engine.Precision} say what is computed, and how; {@link
 * org.grpo4j.policy.network.engine.TransformerParameters} in which arrays, and how these start.
 * {@link org.grpo4j.policy.network.engine.NativeThreads} sets up ND4J: one thread, and operations
 * that a garbage collection cannot pull away from native code.
 *
 * <p>Both engines, {@code policy.network.dl4j.LayerEngine} and {@code
 * policy.network.kernels.KernelEngine}, implement it; neither knows the policy above.
 */
@NullMarked
package org.grpo4j.policy.network.engine;

import org.jspecify.annotations.NullMarked;
