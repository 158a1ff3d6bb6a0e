package org.grpo4j.policy.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.engine.Experts;
import org.grpo4j.rollout.Sequence;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The experts of one micro-batch on their way between a pass and the layers of whatever replica it
 * borrows. Position {@code i} of row {@code r} is token {@code r * time + i} of a layer.
 */
final class LayerRouting {

  private final List<Sequence> rows;
  private final int time;
  private final Optional<Routing> given;
  private Optional<Routing> routing = Optional.empty();
  private double[][] byProbability = new double[0][];

  LayerRouting(List<Sequence> rows, int time, Optional<Routing> given) {
    this.rows = rows;
    this.time = time;
    this.given = given;
  }

  /** The routing that was read; empty without experts. */
  Optional<Routing> routing() {
    return routing;
  }

  /** Keeps {@code dL/dp} of all completion tokens, {@code [L][E]}, for the next way back. */
  void addError(double[][] error) {
    byProbability = error;
  }

  /** Gives the layers the experts to use and the error of their router. */
  void prepare(MultiLayerNetwork network) {
    List<ReferenceTransformerBlock> blocks = blocks(network);
    for (int layer = 0; layer < blocks.size(); layer++) {
      ReferenceTransformerBlock block = blocks.get(layer);
      int[] wanted = null;
      if (given.isPresent()) {
        wanted = given.get().byColumn(layer, rows.size() * time, (row, at) -> row * time + at);
      }
      block.route(wanted, byProbability.length == 0 ? null : error(byProbability[layer], network));
    }
  }

  /** Reads the experts that were used. */
  void read(MultiLayerNetwork network) {
    List<ReferenceTransformerBlock> blocks = blocks(network);
    if (blocks.isEmpty()) {
      return;
    }
    Experts experts = blocks.get(0).layerConf().experts().orElseThrow();
    List<double[]> probabilities = new ArrayList<>();
    blocks.forEach(b -> probabilities.add(b.experts().probabilities().dup('c').data().asDouble()));
    routing =
        Optional.of(
            Routing.read(
                rows,
                blocks.size(),
                experts.count(),
                experts.active(),
                (row, position, layer, chosen, p) -> {
                  int at = row * time + position;
                  int[] all = blocks.get(layer).experts().chosen();
                  System.arraycopy(all, at * chosen.length, chosen, 0, chosen.length);
                  System.arraycopy(probabilities.get(layer), at * p.length, p, 0, p.length);
                  boolean last = layer == blocks.size() - 1;
                  return !last || position >= rows.get(row).prompt().length() - 1;
                }));
  }

  /** Leaves the layers as they were. */
  void leave(MultiLayerNetwork network) {
    for (ReferenceTransformerBlock block : blocks(network)) {
      block.route(null, null);
    }
    byProbability = new double[0][];
  }

  /** {@code [rows * time, E]}: the error where completion tokens are drawn, else 0. */
  private INDArray error(double[] ofToken, MultiLayerNetwork network) {
    int experts = ofToken.length;
    double[] error = new double[rows.size() * time * experts];
    for (int r = 0; r < rows.size(); r++) {
      int first = r * time + rows.get(r).prompt().length() - 1;
      for (int t = 0; t < rows.get(r).completion().length(); t++) {
        System.arraycopy(ofToken, 0, error, (first + t) * experts, experts);
      }
    }
    return Nd4j.createFromArray(error)
        .castTo(network.params().dataType())
        .reshape('c', (long) rows.size() * time, experts);
  }

  private static List<ReferenceTransformerBlock> blocks(MultiLayerNetwork network) {
    List<ReferenceTransformerBlock> blocks = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      if (layer instanceof ReferenceTransformerBlock block
          && block.layerConf().experts().isPresent()) {
        blocks.add(block);
      }
    }
    return blocks;
  }
}
