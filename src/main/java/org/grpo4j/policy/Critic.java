package org.grpo4j.policy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.TokenTable;
import org.grpo4j.rollout.Sequence;

/**
 * PPO's critic: {@code V_it}, the reward it expects at the end when a completion stands before its
 * token {@code t}. Like {@link Policy} it knows no algorithm: a table {@code dLoss/dV} comes in
 * through {@link ValuePass#backward}, parameter gradients come out.
 *
 * <p>Two forms exist ("shared and separate networks" in Huang et al. 2022, The 37 Implementation
 * Details of PPO): a network of its own, with its own optimiser, and a value head on the policy's
 * trunk, trained by the policy's own step. Trainers treat both alike.
 */
public interface Critic extends AutoCloseable {

  /** {@code V_it} before each completion token, {@code [N][T_i]}; nothing is kept. */
  TokenTable values(List<Sequence> rows);

  /**
   * A forward pass that keeps what {@link ValuePass#backward} needs.
   *
   * @param policyPass the policy's forward pass on the same rows; a value head reads it, a critic
   *     of its own does not look at it
   */
  ValuePass forward(List<Sequence> rows, ForwardPass policyPass);

  /**
   * Clips the accumulated gradient to a global L2 norm, takes one Adam step and clears the
   * gradient.
   *
   * @return empty for a value head, whose parameters {@link Policy#applyGradient} has moved with
   *     the policy's
   */
  Optional<GradientStep> applyGradient(double learningRate, double maxGradientNorm);

  /** Starts a fresh optimiser; a value head has none of its own. */
  void resetOptimizer(AdamSettings settings);

  /** Trainable parameters beyond those of {@link Policy#parameterCount}. */
  int parameterCount();

  /**
   * Writes parameters, optimiser state and step count into {@code directory}, which must exist and
   * must not be the policy's; a value head writes nothing, the policy's files hold it.
   */
  void save(Path directory) throws IOException;

  /** One line for a log. */
  String describe();

  @Override
  void close();
}
