package org.grpo4j.policy.network.kernels;

import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.grpo4j.policy.Routing;
import org.grpo4j.policy.network.engine.GradientSum;
import org.grpo4j.policy.network.engine.MicroPass;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;
import org.jspecify.annotations.Nullable;

/** One micro-batch through the kernels. Consecutive rows with the same prompt share its columns. */
final class KernelPass implements MicroPass {

  private final TransformerShape shape;
  private final Deque<KernelPass> home;
  private final TransformerKernel kernel;
  private List<Sequence> rows = List.of();
  private float[] parameters = new float[0];
  private @Nullable ColumnPlan plan;
  private final float[] gradient;

  KernelPass(TransformerShape shape, int outputs, Kernels kernels, Deque<KernelPass> home) {
    this.shape = shape;
    this.home = home;
    this.kernel = new TransformerKernel(shape, outputs, kernels);
    this.gradient = new float[kernel.parameterCount()];
  }

  void forward(float[] theta, List<Sequence> sequences, Optional<Routing> given) {
    parameters = theta;
    rows = sequences;
    plan = plan(rows);
    given.ifPresent(this::give);
    kernel.forward(theta, plan);
    kernel.clearLogitError(plan);
  }

  private static ColumnPlan plan(List<Sequence> rows) {
    int[] promptOfRow = new int[rows.size()];
    int longest = 1;
    for (int r = 0; r < promptOfRow.length; r++) {
      boolean shared = r > 0 && rows.get(r).prompt().equals(rows.get(r - 1).prompt());
      promptOfRow[r] = r == 0 ? 0 : promptOfRow[r - 1] + (shared ? 0 : 1);
      longest = Math.max(longest, rows.get(r).completion().length());
    }
    int promptLength = rows.get(0).prompt().length();
    int prompts = promptOfRow[promptOfRow.length - 1] + 1;
    // The last token of a completion is never read: nothing is scored behind it.
    int steps = longest - 1;
    ColumnPlan plan =
        ColumnPlan.withPrompts(promptLength, prompts, promptOfRow, steps, promptLength + steps);
    for (int r = 0; r < promptOfRow.length; r++) {
      TokenSequence prompt = rows.get(r).prompt();
      for (int t = 0; t < promptLength; t++) {
        plan.ids[plan.promptColumn(promptOfRow[r], t)] = prompt.get(t);
      }
      TokenSequence completion = rows.get(r).completion();
      for (int t = 0; t < completion.length() - 1; t++) {
        plan.ids[plan.rowColumn(r, t)] = completion.get(t);
      }
      for (int t = 0; t < completion.length(); t++) {
        plan.scorings[plan.scoredColumn(r, t)]++;
      }
    }
    return plan;
  }

  /** Sets the experts of the columns; rows that share a prompt share those of the last of them. */
  private void give(Routing wanted) {
    int[][] given = new int[shape.layers()][];
    for (int layer = 0; layer < given.length; layer++) {
      given[layer] = wanted.byColumn(layer, open().columns(), this::column);
    }
    open().given = given;
  }

  private int column(int row, int position) {
    return position < open().promptLength
        ? open().promptColumn(open().promptOfRow[row], position)
        : open().rowColumn(row, position - open().promptLength);
  }

  @Override
  public Optional<Routing> routing() {
    return shape
        .experts()
        .map(
            some ->
                Routing.read(
                    rows,
                    shape.layers(),
                    some.count(),
                    some.active(),
                    (row, position, layer, chosen, probabilities) ->
                        kernel.readExperts(
                            open(), column(row, position), layer, chosen, probabilities)));
  }

  @Override
  public void addRouterError(double[][] byProbability) {
    kernel.addRouterError(byProbability);
  }

  private ColumnPlan open() {
    if (plan == null) {
      throw new IllegalStateException("the forward pass was released");
    }
    return plan;
  }

  @Override
  public void logits(int row, int token, double[] into) {
    kernel.logits(open(), open().scoredColumn(row, token), into);
  }

  @Override
  public void addLogitError(int row, int token, double[] error) {
    kernel.addLogitError(open(), open().scoredColumn(row, token), error);
  }

  @Override
  public void computeGradient() {
    Arrays.fill(gradient, 0f);
    kernel.backward(parameters, gradient, open());
    kernel.clearLogitError(open());
  }

  @Override
  public void addGradientTo(GradientSum sum) {
    sum.add(gradient);
  }

  @Override
  public void release() {
    if (plan != null) {
      plan = null;
      home.push(this);
    }
  }
}
