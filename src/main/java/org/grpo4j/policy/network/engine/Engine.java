package org.grpo4j.policy.network.engine;

import java.util.List;
import java.util.Optional;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.Routing;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/** The code that computes a network: hand-written kernels or DL4J's layers. Safe for threads. */
public interface Engine {

  /** Takes over the parameters; never while a pass or a decoding is under way. */
  void load(double[] parameters);

  /** A frozen engine at the present parameters. */
  Engine copy();

  /**
   * Forward pass of one micro-batch of rows with prompts of one length.
   *
   * @param given the experts to go through; empty where the router decides
   */
  MicroPass forward(List<Sequence> rows, Optional<Routing> given);

  /** A decoding of {@code copies} rows for each prompt; prompts have one length. */
  Decoding startDecoding(List<TokenSequence> prompts, int copies);
}
