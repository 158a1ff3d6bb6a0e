/**
 * Policies on networks: a small transformer, with DL4J or in plain Java, and for comparison DL4J's
 * own LSTM.
 *
 * <p>DL4J holds what it is good at: configuration, the flat parameter vector, first values, Adam,
 * the checkpoint format. The gradient comes from outside ("external errors"): the algorithm's table
 * {@code dLoss/dlogp} becomes errors of the logits, an engine takes them back through the network,
 * and DL4J's updater takes the step.
 *
 * <p><b>Reading order</b>, the readable implementation first: {@link
 * org.grpo4j.policy.network.dl4j.TransformerBlock} and the guide of {@code policy.network.dl4j};
 * {@link org.grpo4j.policy.TokenDistribution}, from logits to log-probabilities and entropies, and
 * from coefficients back to the logits (Eq. 8), the seam between algorithm and network; {@code
 * NetworkPolicy}; {@code TrainableNetwork}, the step, with {@code Dl4jNetwork}; {@code
 * NetworkCheckpoint}, the files. Then the same network by hand: {@code policy.network.kernels}.
 *
 * <p><b>Without DL4J:</b> {@code PlainNetwork} holds the parameters in an array and takes the steps
 * of {@link org.grpo4j.policy.Optimizer}; {@code PlainNetworkFile} is its file, {@link
 * org.grpo4j.policy.network.PlainNetworks} the way in. All it reaches adds, multiplies, divides and
 * takes roots, which IEEE 754 settles to the bit, in an order that nothing changes; so any machine
 * trains it to the same bits. A test holds that it reaches nothing else.
 *
 * <p><b>Two engines</b> compute the same numbers behind one interface, {@link
 * org.grpo4j.policy.network.engine.Engine}. {@code LayerEngine} drives any DL4J network, {@code
 * KernelEngine} the hand-written kernels on one shared parameter vector.
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
