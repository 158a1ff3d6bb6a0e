package org.grpo4j.policy.network.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.grpo4j.policy.network.engine.Experts;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A mixture of experts in ND4J operations (Eq. 24): the router gives each token {@code p =
 * softmax(R x)}; of the {@code k} experts {@code T} with the largest {@code p_e + b_e} it goes
 * through, {@code y = sum over T of g_e f_e(x)} with the gate weights {@code g_e = p_e / sum over T
 * of p_j} and {@code f_e(x) = W2_e max(0, W1_e x + c_e)}.
 *
 * <p>To be read: every expert computes every token, and most results are multiplied by 0. The
 * kernels compute only those that count.
 */
final class ExpertsOperation {

  private static final String ROUTER = "feedforward.router.weight";
  private static final String BIAS = "feedforward.router.bias";
  private static final String IN = "feedforward.experts.in.weight";
  private static final String IN_BIAS = "feedforward.experts.in.bias";
  private static final String OUT = "feedforward.experts.out.weight";

  private final Experts experts;
  private final Function<String, INDArray> parameters;
  private final Map<String, INDArray> gradients = new LinkedHashMap<>();

  private INDArray input = Nd4j.empty();
  private INDArray probabilities = Nd4j.empty();
  private INDArray gates = Nd4j.empty();
  private int[] chosen = new int[0];
  private final List<INDArray> hidden = new ArrayList<>();
  private final List<INDArray> outputs = new ArrayList<>();

  /**
   * @param parameters the layer's, by name
   */
  ExpertsOperation(Experts experts, Function<String, INDArray> parameters) {
    this.experts = experts;
    this.parameters = parameters;
  }

  /**
   * {@code [N, D]} to {@code [N, D]}.
   *
   * @param given the experts of each token, {@code [N][k]}, -1 where the router decides; null if it
   *     decides everywhere
   */
  INDArray forward(INDArray x, int @Nullable [] given) {
    input = x;
    INDArray scores = x.mmul(parameters.apply(ROUTER).transpose());
    probabilities = softmax(scores);
    chosen = choose(given);
    gates = softmax(scores.add(chosenMask().rsub(1).mul(-1e9)));
    INDArray y = Nd4j.zeros(x.dataType(), x.shape());
    for (int e = 0; e < experts.count(); e++) {
      INDArray preActivation = x.mmul(part(IN, e).transpose()).addiRowVector(part(IN_BIAS, e));
      hidden.add(preActivation.mul(preActivation.gt(0).castTo(x.dataType())));
      outputs.add(hidden.get(e).mmul(part(OUT, e).transpose()));
      y.addi(outputs.get(e).mulColumnVector(gates.getColumn(e, true)));
    }
    return y;
  }

  /**
   * {@code dL/dx}; the parameters' gradients are in {@link #gradients}. A gate's error is {@code
   * dL/dg_e = dL/dy . f_e(x)}, and through the two soft-maxes it reaches the scores as (Eq. 25)
   *
   * <pre>
   * dL/ds_e = g_e (dL/dg_e - sum_j g_j dL/dg_j)  +  p_e (dL/dp_e - sum_j p_j dL/dp_j)
   * </pre>
   *
   * the first for the chosen experts alone, whose choice is a constant; the second from the balance
   * loss.
   *
   * @param byProbabilities {@code dL/dp}, {@code [N, E]}; null for none
   */
  INDArray backward(INDArray byOutput, @Nullable INDArray byProbabilities) {
    INDArray byInput = Nd4j.zeros(input.dataType(), input.shape());
    INDArray byGates = Nd4j.zeros(input.dataType(), gates.shape());
    List<INDArray> byIn = new ArrayList<>();
    List<INDArray> byInBias = new ArrayList<>();
    List<INDArray> byOut = new ArrayList<>();
    for (int e = 0; e < experts.count(); e++) {
      byGates.putColumn(e, byOutput.mul(outputs.get(e)).sum(1));
      INDArray byExpert = byOutput.mulColumnVector(gates.getColumn(e, true));
      byOut.add(byExpert.transpose().mmul(hidden.get(e)));
      INDArray byHidden = byExpert.mmul(part(OUT, e));
      byHidden.muli(hidden.get(e).gt(0).castTo(input.dataType()));
      byIn.add(byHidden.transpose().mmul(input));
      byInBias.add(byHidden.sum(0));
      byInput.addi(byHidden.mmul(part(IN, e)));
    }
    INDArray byScores = softmaxBack(gates, byGates);
    if (byProbabilities != null) {
      byScores.addi(softmaxBack(probabilities, byProbabilities));
    }
    gradients.put(ROUTER, byScores.transpose().mmul(input));
    if (experts.hasBias()) {
      gradients.put(BIAS, Nd4j.zeros(input.dataType(), experts.count()));
    }
    gradients.put(IN, Nd4j.concat(0, byIn.toArray(INDArray[]::new)));
    gradients.put(IN_BIAS, Nd4j.concat(0, byInBias.toArray(INDArray[]::new)));
    gradients.put(OUT, Nd4j.concat(0, byOut.toArray(INDArray[]::new)));
    return byInput.addi(byScores.mmul(parameters.apply(ROUTER)));
  }

  /** By name. */
  Map<String, INDArray> gradients() {
    return gradients;
  }

  /** The experts of each token in ascending order, {@code [N][k]}. */
  int[] chosen() {
    return chosen;
  }

  /** The router's probabilities {@code [N, E]}. */
  INDArray probabilities() {
    return probabilities;
  }

  private int[] choose(int @Nullable [] given) {
    INDArray preferences =
        experts.hasBias() ? probabilities.addRowVector(parameters.apply(BIAS)) : probabilities;
    double[] all = preferences.dup('c').data().asDouble();
    int tokens = all.length / experts.count();
    int[] choice = new int[tokens * experts.active()];
    double[] preference = new double[experts.count()];
    for (int n = 0; n < tokens; n++) {
      int at = n * experts.active();
      System.arraycopy(all, n * experts.count(), preference, 0, experts.count());
      if (given != null && given[at] >= 0) {
        System.arraycopy(given, at, choice, at, experts.active());
      } else {
        experts.choose(preference, choice, at);
      }
    }
    return choice;
  }

  /** 1 for the experts of each token, else 0: {@code [N, E]}. */
  private INDArray chosenMask() {
    double[] mask = new double[(int) probabilities.length()];
    for (int i = 0; i < chosen.length; i++) {
      mask[i / experts.active() * experts.count() + chosen[i]] = 1;
    }
    return Nd4j.createFromArray(mask)
        .castTo(probabilities.dataType())
        .reshape('c', probabilities.shape());
  }

  /** The rows of expert {@code e} in a parameter array of all. */
  private INDArray part(String key, int e) {
    INDArray all = parameters.apply(key);
    long rows = all.size(0) / experts.count();
    return all.get(NDArrayIndex.interval(e * rows, (e + 1) * rows)).dup('c');
  }

  private static INDArray softmax(INDArray scores) {
    INDArray exponentials = Transforms.exp(scores.subColumnVector(scores.max(true, 1)));
    return exponentials.diviColumnVector(exponentials.sum(true, 1));
  }

  private static INDArray softmaxBack(INDArray p, INDArray byP) {
    return p.mul(byP.subColumnVector(p.mul(byP).sum(true, 1)));
  }
}
