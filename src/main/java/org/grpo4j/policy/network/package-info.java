/**
 * Policies on networks: a small transformer, by hand-written kernels or as DL4J layers, and for
 * comparison DL4J's own LSTM.
 *
 * <p>The gradient comes from outside the network ("external errors"): the algorithm's table {@code
 * dLoss/dlogp} becomes errors of the logits, an engine takes them back through the network, and the
 * optimiser takes the step.
 *
 * <p><b>Reading order</b>, the readable implementation first: {@link
 * org.grpo4j.policy.network.dl4j.TransformerBlock} and the guide of {@code policy.network.dl4j};
 * {@link org.grpo4j.policy.TokenDistribution}, from logits to log-probabilities and entropies, and
 * from coefficients back to the logits (Eq. 8), the seam between algorithm and network; {@code
 * NetworkPolicy}; {@code TrainableNetwork}, the step. Then the same network by hand: {@code
 * policy.network.kernels}.
 *
 * <p><b>Two networks</b> compute the same numbers, up to the last digits, behind one interface,
 * {@link org.grpo4j.policy.network.engine.Engine}:
 *
 * <ul>
 *   <li>{@code KernelNetwork}, to train with: parameters in an array, the steps of {@link
 *       org.grpo4j.policy.Optimizer}, {@code KernelEngine}. Nothing of ND4J is loaded unless its
 *       OpenBLAS has to stand in for the Vector API. {@code KernelNetworkFile} is its file.
 *   <li>{@code Dl4jNetwork}, to read and step through: DL4J holds configuration, parameters, Adam
 *       and the checkpoint ({@code NetworkCheckpoint}), {@code LayerEngine} drives its layers.
 * </ul>
 *
 * <p>With the kernels in plain Java ({@link org.grpo4j.policy.network.PlainNetworks} is the way in)
 * all that is reached adds, multiplies, divides and takes roots, which IEEE 754 settles to the bit,
 * in an order that nothing changes; so any machine trains to the same bits. A test holds that it
 * reaches nothing else.
 *
 * <p><b>Same bits.</b> Rows are cut into micro-batches by the rows alone and their gradients are
 * added in order, so any number of workers gives the same bits. The kernels never add across the
 * lanes of a vector, so AVX2 and AVX-512 give the same bits too. Machines without them round
 * differently, unless the network is in plain Java.
 *
 * <p><b>To add a network</b> of DL4J layers: write its configuration in {@code
 * NetworkConfigurations} (token ids {@code [B, T]} in, logits {@code [B, T, V]} out, no output
 * layer, no workspaces) and a factory method in {@link org.grpo4j.policy.network.NetworkPolicies};
 * {@code LayerEngine} does the rest.
 */
@NullMarked
package org.grpo4j.policy.network;

import org.jspecify.annotations.NullMarked;
