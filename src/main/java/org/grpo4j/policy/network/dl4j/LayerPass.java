package org.grpo4j.policy.network.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.engine.GradientSum;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.rollout.Sequence;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One micro-batch through a DL4J network. Keeps the logits, not the activations: the way back goes
 * forward once more on whatever replica is free. Short rows are padded with token 0 and no error.
 */
final class LayerPass implements MicroPass {

  private final LayerEngine engine;
  private final int promptLength;
  private final int rows;
  private final int time;
  private final int outputs;
  private final INDArray ids;
  private final double[] logits;
  private final double[] byLogits;
  private final LayerRouting experts;
  private double[] gradient = new double[0];

  LayerPass(LayerEngine engine, List<Sequence> sequences, Optional<Routing> given) {
    this.engine = engine;
    this.promptLength = sequences.get(0).prompt().length();
    this.rows = sequences.size();
    int longest = 1;
    for (Sequence sequence : sequences) {
      longest = Math.max(longest, sequence.completion().length());
    }
    this.time = promptLength + longest - 1;
    this.experts = new LayerRouting(sequences, time, given);
    this.ids = Nd4j.create(ids(sequences), new long[] {rows, time}, 'c');
    INDArray held = engine.parameters();
    MultiLayerNetwork network = engine.borrow();
    INDArray output = forward(network);
    experts.read(network);
    this.outputs = (int) output.size(2);
    this.logits = output.dup('c').data().asDouble();
    this.byLogits = new double[logits.length];
    experts.leave(network);
    engine.giveBack(network, held);
  }

  private float[] ids(List<Sequence> sequences) {
    float[] tokens = new float[rows * time];
    for (int r = 0; r < rows; r++) {
      Sequence sequence = sequences.get(r);
      for (int t = 0; t < promptLength; t++) {
        tokens[r * time + t] = sequence.prompt().get(t);
      }
      for (int t = 0; t < sequence.completion().length() - 1; t++) {
        tokens[r * time + promptLength + t] = sequence.completion().get(t);
      }
    }
    return tokens;
  }

  private INDArray forward(MultiLayerNetwork network) {
    experts.prepare(network);
    network.setInput(ids);
    List<INDArray> activations = network.feedForward(true, false);
    return activations.get(activations.size() - 1);
  }

  private int index(int row, int token) {
    return (row * time + promptLength - 1 + token) * outputs;
  }

  @Override
  public void logits(int row, int token, double[] into) {
    System.arraycopy(logits, index(row, token), into, 0, into.length);
  }

  @Override
  public void addLogitError(int row, int token, double[] error) {
    int at = index(row, token);
    for (int j = 0; j < error.length; j++) {
      byLogits[at + j] += error[j];
    }
  }

  @Override
  public Optional<Routing> routing() {
    return experts.routing();
  }

  @Override
  public void addRouterError(double[][] byProbability) {
    experts.addError(byProbability);
  }

  @Override
  public void computeGradient() {
    INDArray held = engine.parameters();
    MultiLayerNetwork network = engine.borrow();
    DataType dataType = network.params().dataType();
    forward(network);
    INDArray error =
        Nd4j.createFromArray(byLogits).castTo(dataType).reshape('c', rows, time, outputs);
    INDArray flat =
        network.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces()).getFirst().gradient();
    gradient = flat.data().asDouble();
    experts.leave(network);
    engine.giveBack(network, held);
    Arrays.fill(byLogits, 0);
  }

  @Override
  public void addGradientTo(GradientSum sum) {
    sum.add(gradient);
  }

  @Override
  public void release() {}
}
