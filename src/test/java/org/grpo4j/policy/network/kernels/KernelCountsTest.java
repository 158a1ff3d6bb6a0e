package org.grpo4j.policy.network.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;

/**
 * The products of an update, counted: each weight meets each column that needs it once on the way
 * forward and twice on the way back. Unlike a time, this cannot be noisy.
 */
class KernelCountsTest {

  private static final int V = 22;
  private static final int D = 48;
  private static final int F = 192;
  private static final int PROMPT = 6;
  private static final int COMPLETION = 9;

  /** Of one micro-batch, in the default shape. */
  private static final int PROMPTS = 8;

  private static final int ROWS = 64;

  /** Prompts are padded to whole vectors; the last token of a completion is never read. */
  private static final long PROMPT_COLUMNS = PROMPT * 16;

  private static final long OWN_COLUMNS = (COMPLETION - 1) * ROWS;
  private static final long COLUMNS = PROMPT_COLUMNS + OWN_COLUMNS;

  /** Those whose logits are asked for: a prompt's last token and the rows' own. */
  private static final long SCORED = 16 + OWN_COLUMNS;

  /** Plain products that are counted. */
  private static final class Counting implements MatrixMultiply {

    private final MatrixMultiply multiply = new ScalarMultiply();
    private long calls;
    private long multiplications;

    private void count(Weights w, int columns) {
      calls++;
      multiplications += (long) w.outputs * w.inputs * columns;
    }

    @Override
    public void product(Weights w, ColumnMatrix x, ColumnMatrix y, int columns) {
      count(w, columns);
      multiply.product(w, x, y, columns);
    }

    @Override
    public void transposedProduct(Weights w, ColumnMatrix byY, ColumnMatrix byX, int columns) {
      count(w, columns);
      multiply.transposedProduct(w, byY, byX, columns);
    }

    @Override
    public void addOuterProduct(
        Weights byW, ColumnMatrix byY, ColumnMatrix x, int columns, FloatScratch scratch) {
      count(byW, columns);
      multiply.addOuterProduct(byW, byY, x, columns, scratch);
    }
  }

  @Test
  void anUpdateMultipliesEachWeightWithEachColumnThatNeedsIt() {
    TransformerShape shape = new TransformerShape(V, PROMPT + COMPLETION, D, 1, 4, F);
    Counting counting = new Counting();
    Kernels kernels = new Kernels(counting, new ScalarAttention(), new ScalarLayerNorm());
    KernelEngine engine = new KernelEngine(shape, V, kernels, ArrayDeque::new);
    engine.load(new double[new TransformerKernel(shape, V, kernels).parameterCount()]);
    MicroPass pass = engine.forward(rows(), Optional.empty());
    long queries = D * D * SCORED;
    long keysAndValues = 2 * D * D * COLUMNS;
    long output = D * D * SCORED;
    long feedForward = 2L * D * F * SCORED;
    long head = D * V * SCORED;
    long forward = queries + keysAndValues + output + feedForward + head;
    assertEquals(forward, counting.multiplications);
    assertEquals(6, counting.calls);
    pass.addLogitError(0, 0, new double[] {1});
    pass.computeGradient();
    assertEquals(3 * forward, counting.multiplications);
    // Errors of queries, keys and values go back together where there are queries.
    assertEquals(6 + 6 + 6, counting.calls);
  }

  private static List<Sequence> rows() {
    List<Sequence> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      int group = r / (ROWS / PROMPTS);
      rows.add(
          new Sequence(
              TokenSequence.of(group, 1, 2, 3, 4, 5),
              TokenSequence.of(r % V, 1, 2, 3, 4, 5, 6, 7, 8)));
    }
    return rows;
  }
}
