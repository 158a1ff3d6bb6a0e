package org.grpo4j.policy;

import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/**
 * A forward pass whose activations are kept, so that {@link #backward} can follow. Valid until the
 * parameters change or it is closed.
 */
public interface ForwardPass extends AutoCloseable {

  /** Log-probabilities and entropies of the rows. */
  TokenLogProbs logProbs();

  /** The whole distribution token {@code token} of row {@code row} was drawn from, {@code [V]}. */
  double[] probabilities(int row, int token);

  /** The experts that each token went through; empty for a policy without experts. */
  default Optional<Routing> routing() {
    return Optional.empty();
  }

  /**
   * Adds this batch's parameter gradient to the policy's accumulated one. All that is left of the
   * algorithm here is two tables: by the chain rule the loss reaches the logits as
   *
   * <pre>dL/dz_itj = (1/tau) [ g_it (1[j = o_it] - p_j)  -  h_it p_j (log p_j + H_it) ]</pre>
   *
   * <p>A policy with a balance loss of its own (Eq. 26) adds that loss's gradient too, in the first
   * call on a pass.
   *
   * @param lossByLogProb {@code g_it = dL/dlog pi_it}, {@code [N][T_i]}
   * @param lossByEntropy {@code h_it = dL/dH_it}; the entropy bonus {@code -alpha u_it H_it} gives
   *     {@code -alpha u_it}
   */
  void backward(TokenTable lossByLogProb, TokenTable lossByEntropy);

  /** {@link #backward(TokenTable, TokenTable)} without an entropy term. */
  void backward(TokenTable lossByLogProb);

  /**
   * Adds the parameter gradient of a loss of whole distributions: {@code dL/dz_itj = (1/tau) [
   * G_itj - p_j sum_v G_itv ]}.
   *
   * @param lossByLogProbs {@code G_itv = dL/dlog pi_it(v)} of every symbol {@code v}
   */
  void backward(Coefficients lossByLogProbs);

  /** The derivatives of a loss by the log-probabilities of all symbols of a token. */
  @FunctionalInterface
  interface Coefficients {
    /**
     * Writes those of one token.
     *
     * @param logProbs {@code log pi_it(v)}, {@code [V]}
     * @param into where they are written, {@code [V]}
     */
    void of(int row, int token, double[] logProbs, double[] into);
  }

  /**
   * The parameter gradient that {@link #backward(TokenTable, TokenTable)} would add for these
   * tables, without adding it: how much of an update is owed to which completion or token.
   * Gradients are linear in the tables, so those of single tokens sum to that of all, up to
   * rounding.
   */
  DoubleVector gradientOf(TokenTable lossByLogProb, TokenTable lossByEntropy);

  /**
   * {@code dL/dz_it}, the derivative of the loss by the logits of one token, {@code [V]}: the
   * equation of {@link #backward(TokenTable, TokenTable)} for {@code g_it} and {@code h_it}.
   */
  DoubleVector logitGradient(int row, int token, double lossByLogProb, double lossByEntropy);

  @Override
  void close();
}
