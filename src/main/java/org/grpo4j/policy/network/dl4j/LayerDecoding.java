package org.grpo4j.policy.network.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.network.engine.TokenChecks;
import org.grpo4j.task.TokenSequence;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Decoding by {@code rnnTimeStep}: keys and values of a transformer, or cells of an LSTM, are the
 * layers' state. The prompts are read once; then each layer's state gets one row per copy.
 */
final class LayerDecoding implements Decoding {

  private final LayerEngine engine;
  private final INDArray held;
  private final int rows;
  private @Nullable MultiLayerNetwork network;

  /** Logits of the last position, {@code [prompts or rows][outputs]}. */
  private double[] logits;

  private int rowsPerEntry;
  private int length;
  private final int outputs;

  LayerDecoding(LayerEngine engine, List<TokenSequence> prompts, int copies) {
    this.engine = engine;
    this.held = engine.parameters();
    MultiLayerNetwork borrowed = engine.borrow();
    this.network = borrowed;
    this.rows = prompts.size() * copies;
    this.rowsPerEntry = copies;
    this.length = prompts.get(0).length();
    float[] ids = new float[prompts.size() * length];
    for (int p = 0; p < prompts.size(); p++) {
      for (int t = 0; t < length; t++) {
        ids[p * length + t] = prompts.get(p).get(t);
      }
    }
    INDArray output =
        borrowed.rnnTimeStep(Nd4j.create(ids, new long[] {prompts.size(), length}, 'c'));
    this.outputs = (int) output.size(2);
    this.logits = lastLogits(output);
    copyRows(borrowed, copies);
  }

  private double[] lastLogits(INDArray output) {
    int entries = (int) output.size(0);
    int time = (int) output.size(1);
    double[] all = output.dup('c').data().asDouble();
    double[] last = new double[entries * outputs];
    for (int r = 0; r < entries; r++) {
      int from = (r * time + time - 1) * outputs;
      System.arraycopy(all, from, last, r * outputs, outputs);
    }
    return last;
  }

  private static void copyRows(MultiLayerNetwork network, int copies) {
    int layers = network.getnLayers();
    Map<Integer, Map<String, INDArray>> states = new HashMap<>();
    for (int i = 0; i < layers; i++) {
      if (network.getLayer(i) instanceof RecurrentLayer) {
        Map<String, INDArray> copied = new HashMap<>();
        network.rnnGetPreviousState(i).forEach((k, v) -> copied.put(k, repeatRows(v, copies)));
        states.put(i, copied);
      }
    }
    network.rnnClearPreviousState();
    states.forEach(network::rnnSetPreviousState);
  }

  private static INDArray repeatRows(INDArray state, int copies) {
    long[] shape = state.shape().clone();
    int rows = (int) shape[0];
    double[] source = state.dup('c').data().asDouble();
    int size = source.length / rows;
    double[] repeated = new double[source.length * copies];
    for (int row = 0; row < rows * copies; row++) {
      System.arraycopy(source, row / copies * size, repeated, row * size, size);
    }
    shape[0] *= copies;
    return Nd4j.createFromArray(repeated).castTo(state.dataType()).reshape('c', shape);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void logits(int row, double[] into) {
    System.arraycopy(logits, row / rowsPerEntry * outputs, into, 0, into.length);
  }

  @Override
  public void advance(int[] tokens) {
    if (network == null) {
      throw new IllegalStateException("the decoding was closed");
    }
    TokenChecks.requireRoom(length + 1, engine.contextLength());
    float[] ids = new float[rows];
    for (int r = 0; r < rows; r++) {
      ids[r] = TokenChecks.known(tokens[r], engine.vocabularySize());
    }
    logits = lastLogits(network.rnnTimeStep(Nd4j.create(ids, new long[] {rows, 1}, 'c')));
    rowsPerEntry = 1;
    length++;
  }

  @Override
  public void close() {
    if (network != null) {
      engine.giveBack(network, held);
      network = null;
    }
  }
}
