package org.grpo4j.policy.network.kernels;

import java.util.Deque;
import java.util.List;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.network.engine.TokenChecks;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.task.TokenSequence;
import org.jspecify.annotations.Nullable;

/** Decoding with the kernels: keys and values stay in the blocks from step to step. */
final class KernelDecoding implements Decoding {

  private final TransformerShape shape;
  private final Deque<TransformerKernel> home;
  private final float[] parameters;
  private final int rows;
  private @Nullable TransformerKernel kernel;
  private ColumnPlan plan;
  private int length;

  KernelDecoding(
      TransformerShape shape,
      TransformerKernel kernel,
      Deque<TransformerKernel> home,
      float[] parameters,
      List<TokenSequence> prompts,
      int copies) {
    this.shape = shape;
    this.kernel = kernel;
    this.home = home;
    this.parameters = parameters;
    this.rows = prompts.size() * copies;
    this.length = prompts.get(0).length();
    int[] promptOfRow = new int[rows];
    for (int r = 0; r < rows; r++) {
      promptOfRow[r] = r / copies;
    }
    this.plan =
        ColumnPlan.withPrompts(length, prompts.size(), promptOfRow, 0, shape.contextLength());
    for (int p = 0; p < prompts.size(); p++) {
      for (int t = 0; t < length; t++) {
        plan.ids[plan.promptColumn(p, t)] = prompts.get(p).get(t);
      }
    }
    kernel.forward(parameters, plan);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void logits(int row, double[] into) {
    int column = plan.promptLength > 0 ? plan.scoredColumn(row, 0) : plan.rowColumn(row, 0);
    open().logits(plan, column, into);
  }

  @Override
  public void advance(int[] tokens) {
    TokenChecks.requireRoom(length + 1, shape.contextLength());
    plan = ColumnPlan.rowsOnly(rows, length, 1, shape.contextLength());
    for (int r = 0; r < rows; r++) {
      plan.ids[r] = TokenChecks.known(tokens[r], shape.vocabularySize());
    }
    open().forward(parameters, plan);
    length++;
  }

  private TransformerKernel open() {
    if (kernel == null) {
      throw new IllegalStateException("the decoding was closed");
    }
    return kernel;
  }

  @Override
  public void close() {
    if (kernel != null) {
      home.push(kernel);
      kernel = null;
    }
  }
}
