package org.grpo4j.policy.network;

import java.util.BitSet;
import java.util.List;
import org.grpo4j.policy.ParameterBlock;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.NetworkModel.Part;
import org.grpo4j.policy.network.engine.Experts;

/**
 * Keeps the experts of a network evenly loaded, over the completion tokens of whole passes, however
 * these are cut into micro-batches. With {@code f_e} the share of expert {@code e} in the {@code k
 * N} choices of a layer and {@code P_e} the mean of its probability:
 *
 * <pre>
 * L     = lambda E sum_e f_e P_e,     dL/dp_te = lambda E f_e / N      (Eq. 26; f is a constant)
 * b_e  += gamma sign(1/E - f_e)       after each optimiser step        (Eq. 27)
 * </pre>
 */
final class ExpertBalance {

  private final Experts experts;
  private final List<ParameterBlock> biases;

  /** Tokens of each expert since the last step, {@code [L][E]}; empty before the first pass. */
  private long[][] load = new long[0][];

  /**
   * @param blocks the network's parameters: those of the biases have their name from the layer
   */
  ExpertBalance(Experts experts, List<ParameterBlock> blocks) {
    this.experts = experts;
    this.biases =
        blocks.stream().filter(block -> block.name().endsWith("feedforward.router.bias")).toList();
  }

  /** Counts a pass and, with a balance loss, adds the error of its router's probabilities. */
  void add(List<Part> parts) {
    NetworkModel.joinRoutings(parts).ifPresent(routing -> add(routing, parts));
  }

  private void add(Routing routing, List<Part> parts) {
    if (load.length == 0) {
      load = new long[routing.layers()][experts.count()];
    }
    double choices = experts.active() * (double) routing.tokens();
    double[][] byProbability = new double[routing.layers()][experts.count()];
    for (int layer = 0; layer < load.length; layer++) {
      long[] ofPass = routing.load(layer);
      for (int e = 0; e < experts.count(); e++) {
        load[layer][e] += ofPass[e];
        double share = ofPass[e] / Math.max(choices, 1);
        byProbability[layer][e] =
            experts.balance().lossWeight() * experts.count() * share / routing.tokens();
      }
    }
    if (experts.balance().lossWeight() > 0 && routing.tokens() > 0) {
      parts.forEach(part -> part.pass().addRouterError(byProbability));
    }
  }

  /**
   * Moves the selection biases, if there are any, by the loads since the last step.
   *
   * @param frozen parameters that stay as they are
   */
  void step(double[] parameters, BitSet frozen) {
    if (load.length == 0) {
      return;
    }
    for (int layer = 0; layer < biases.size(); layer++) {
      long all = 0;
      for (long ofExpert : load[layer]) {
        all += ofExpert;
      }
      for (int e = 0; e < experts.count(); e++) {
        int at = biases.get(layer).offset() + e;
        long below = all - experts.count() * load[layer][e];
        double step = experts.balance().biasStep() * Long.signum(below);
        if (!frozen.get(at)) {
          parameters[at] += step;
        }
      }
    }
  }

  /** Forgets the loads: an optimiser step was taken, or refused. */
  void clear() {
    load = new long[0][];
  }
}
