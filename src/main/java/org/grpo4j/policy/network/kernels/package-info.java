/**
 * The transformer by hand: kernels over {@code float[]}, for training.
 *
 * <p>The mathematics is that of {@code policy.network.dl4j.ReferenceTransformerBlock}; read that
 * first. Finite differences prove the reference, the reference proves the kernels ({@code
 * ReferenceTest}).
 *
 * <p><b>Reading order:</b>
 *
 * <ol>
 *   <li>{@code ColumnPlan}: which token is in which column; {@code ColumnMatrix}: features as rows,
 *       tokens as columns.
 *   <li>{@code BlockKernel}: the block, forward and backward; {@code TransformerKernel}: embedding,
 *       blocks and head around it; {@code ExpertKernel}, where a block has experts.
 *   <li>{@code ScalarAttention}, {@code ScalarMultiply}, {@code ScalarLayerNorm}: plain loops, with
 *       the same bits everywhere, and the oracle of {@code VectorAttention}, {@code
 *       VectorMultiply}, {@code VectorLayerNorm}, which use the Vector API where the JVM has it;
 *       else there is {@code BlasMultiply}, by OpenBLAS ({@code FastKernels} chooses).
 *   <li>{@code KernelEngine}, {@code KernelPass}, {@code KernelDecoding}: the way in. A prompt is
 *       read once for all its completions ({@code PromptSharing}), when decoding and in the update.
 * </ol>
 *
 * <p>What the Vector API buys, and why the columns lie as they do: {@code docs/performance.md}.
 */
@NullMarked
package org.grpo4j.policy.network.kernels;

import org.jspecify.annotations.NullMarked;
