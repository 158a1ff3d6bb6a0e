/**
 * The network as DL4J layers, in ND4J operations: the readable implementation, and the reference of
 * the fast one.
 *
 * <p><b>Reading order:</b>
 *
 * <ol>
 *   <li>{@link org.grpo4j.policy.network.dl4j.TransformerBlock}: what a block is and which
 *       parameters it has; {@link org.grpo4j.policy.network.dl4j.TokenEmbedding} and {@link
 *       org.grpo4j.policy.network.dl4j.LmHead} around it.
 *   <li>{@code ReferenceTransformerBlock}, with {@code LayerNormOperation}, {@code
 *       AttentionOperation} and {@code ExpertsOperation}: forward and backward, one line of code
 *       per line of mathematics. Set a breakpoint here; {@link
 *       org.grpo4j.policy.network.engine.Precision#REFERENCE_DOUBLE} runs it.
 *   <li>{@code NetworkConfigurations}: the layers as a DL4J configuration; {@code Optimizers}:
 *       DL4J's Adam, and its state, to and from that of the kernels' network.
 *   <li>{@code LayerEngine}: drives any DL4J network through {@code feedForward}, {@code
 *       backpropGradient} and {@code rnnTimeStep}.
 * </ol>
 *
 * <p><b>To add a layer</b>, extend {@code SpecifiedLayer} (the configuration: sizes, and parameters
 * as {@code ParameterSpec}s) and {@code SpecifiedLayerRuntime} (forward and backward), and give it
 * a test with {@code GradientCheckUtil} first. Checkpoints hold the names of the configurations: a
 * class that moves needs a line in {@code NetworkCheckpoint}.
 */
@NullMarked
package org.grpo4j.policy.network.dl4j;

import org.jspecify.annotations.NullMarked;
