/**
 * Policies on DL4J networks: a small transformer, and for comparison DL4J's own LSTM.
 *
 * <p>DL4J holds what it is good at: configuration, the flat parameter vector, first values, Adam,
 * the checkpoint format. The gradient comes from outside ("external errors"): the algorithm's table
 * {@code dLoss/dlogp} becomes errors of the logits, an engine takes them back through the network,
 * and DL4J's updater takes the step.
 *
 * <p><b>Reading order</b>, the readable implementation first:
 *
 * <ol>
 *   <li>{@link org.grpo4j.policy.network.TransformerBlock}: what a block is and which parameters it
 *       has; {@link org.grpo4j.policy.network.TokenEmbedding} and {@link
 *       org.grpo4j.policy.network.LmHead} around it.
 *   <li>{@code ReferenceTransformerBlock}, with {@code LayerNormOperation} and {@code
 *       AttentionOperation}: forward and backward, one line of code per line of mathematics. Set a
 *       breakpoint here; {@link org.grpo4j.policy.network.Precision#REFERENCE_DOUBLE} runs it.
 *   <li>{@code TokenDistributions}: from logits to log-probabilities and entropies, and from
 *       coefficients back to logit errors (Eq. 8). The seam between algorithm and network.
 *   <li>{@code NetworkPolicy}: the policy; {@code Optimizers}: the step; {@code NetworkCheckpoint}:
 *       the files.
 *   <li>{@code BlockKernel}: the block again, over columns ({@code ColumnPlan} says which token is
 *       in which column) with hand-written kernels: {@code VectorMultiply} and {@code
 *       VectorAttention} where the JVM has the Vector API, else {@code BlasMultiply} and {@code
 *       ScalarAttention}.
 * </ol>
 *
 * <p><b>Two engines</b> compute the same numbers. {@code LayerEngine} drives any DL4J network
 * through {@code feedForward}, {@code backpropGradient} and {@code rnnTimeStep}. {@code
 * KernelEngine} drives the kernels on one shared parameter vector and reads a prompt once for all
 * its completions, when decoding and in the update. Finite differences prove the reference, the
 * reference proves the kernels ({@code ReferenceTest}).
 *
 * <p><b>Same bits.</b> Rows are cut into micro-batches by the rows alone and their gradients are
 * added in order, so any number of workers gives the same bits. Machines with another vector width
 * round differently.
 *
 * <p><b>To add a network</b> of DL4J layers: write its configuration in {@code
 * NetworkConfigurations} (token ids {@code [B, T]} in, logits {@code [B, T, V]} out, no output
 * layer, no workspaces) and a factory method in {@link org.grpo4j.policy.network.NetworkPolicies};
 * {@code LayerEngine} does the rest. A layer of your own extends {@code SpecifiedLayer} and {@code
 * SpecifiedLayerRuntime}; give it a test with {@code GradientCheckUtil} first.
 */
@NullMarked
package org.grpo4j.policy.network;

import org.jspecify.annotations.NullMarked;
