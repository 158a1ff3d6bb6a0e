package org.grpo4j.experiment.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ObjectiveInputs;

/**
 * What advantage estimator and objective were given in a traced update, rebuilt from the trace:
 * evaluated again, they give the traced numbers again, bit for bit, and can explain them.
 *
 * <p>The advantages of all rows come out right. Of the objective only the traced rows do: of the
 * others the trace keeps how many tokens count, which is all that aggregation weights depend on.
 * Their log-probabilities, references and advantages are 0 here, so that batch-wide sums, such as
 * the loss, are not those of the update.
 */
public final class TraceInputs {

  private final TracedUpdate update;
  private final TracedBatch batch;

  /** The inputs of {@code update}. */
  public TraceInputs(TracedUpdate update) {
    this.update = update;
    this.batch = update.batch();
  }

  /** The inputs of the advantage estimator. */
  public AdvantageInputs advantage() {
    List<Integer> rows = IntStream.range(0, batch.rows()).boxed().toList();
    AdvantageInputs inputs =
        AdvantageInputs.of(
            batch.advantageRewards().orElse(batch.rewards()),
            groups(batch.groupOfRow()),
            mask(rows));
    inputs = batch.advantageRewards().isPresent() ? inputs.withScores(batch.rewards()) : inputs;
    inputs = inputs.withRewardParts(batch.rewardParts().orElse(onlyPart(batch.rewards())));
    if (batch.greedyRewards().isPresent()) {
      inputs = inputs.withGreedyRewards(batch.greedyRewards().get());
    }
    if (batch.stepRewards().isPresent()) {
      inputs = inputs.withSteps(batch.stepRewards().get());
    }
    if (batch.tokenRewards().isPresent()) {
      inputs = inputs.withTokenRewards(batch.tokenRewards().get());
    }
    if (batch.values().isPresent()) {
      inputs = inputs.withValues(batch.values().get());
    }
    return inputs;
  }

  /**
   * The objective that acted in the update: the configured one with the weights that controllers
   * had moved.
   */
  public GrpoObjective objective(GrpoObjective configured) {
    return update.coefficients().applyTo(configured);
  }

  /**
   * What the objective was given at an optimiser step.
   *
   * @param step the step, from 0; its rows are in the order of {@link TracedStep#rowsOf}
   */
  public ObjectiveInputs objective(int step) {
    List<Integer> rows = update.steps().get(step).rowsOf(batch.rows());
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
                table(rows, c -> tokens(c, step).currentLogProbs(), 0),
                table(rows, TracedCompletion::oldLogProbs, 0),
                table(rows, TracedCompletion::advantages, 0),
                mask(rows),
                groups(rows.stream().map(batch.groupOfRow()::get).toList()))
            .withEntropies(table(rows, TracedCompletion::entropies, 0));
    if (hasAll(TracedCompletion::referenceLogProbs)) {
      inputs = inputs.withReference(optional(rows, TracedCompletion::referenceLogProbs, 0));
    }
    if (hasAll(TracedCompletion::importanceWeights)) {
      inputs = inputs.withImportanceWeights(optional(rows, TracedCompletion::importanceWeights, 1));
    }
    if (hasAll(TracedCompletion::tokenWeights)) {
      inputs = inputs.withTokenWeights(optional(rows, TracedCompletion::tokenWeights, 1));
    }
    return inputs;
  }

  /**
   * The traced completion of row {@code row}.
   *
   * @return empty if the row is not traced in full
   */
  public Optional<TracedCompletion> completion(int row) {
    for (TracedGroup group : update.groups()) {
      for (TracedCompletion completion : group.completions()) {
        if (completion.row() == row) {
          return Optional.of(completion);
        }
      }
    }
    return Optional.empty();
  }

  private static TokenTable onlyPart(DoubleVector scores) {
    List<DoubleVector> parts = new ArrayList<>(scores.size());
    for (int i = 0; i < scores.size(); i++) {
      parts.add(DoubleVector.of(scores.get(i)));
    }
    return TokenTable.of(parts);
  }

  private static TracedTokens tokens(TracedCompletion completion, int step) {
    return completion.steps().get(step).orElseThrow();
  }

  /** Of rows not traced in full, the first {@code lossTokens} tokens. */
  private TokenTable mask(List<Integer> rows) {
    List<DoubleVector> table = new ArrayList<>();
    for (int row : rows) {
      Optional<TracedCompletion> traced = completion(row);
      double[] first = new double[batch.lengths().get(row)];
      Arrays.fill(first, 0, batch.lossTokens().get(row), 1);
      table.add(traced.map(TracedCompletion::mask).orElse(DoubleVector.of(first)));
    }
    return TokenTable.of(table);
  }

  private TokenTable table(
      List<Integer> rows, Function<TracedCompletion, DoubleVector> column, double otherwise) {
    List<DoubleVector> table = new ArrayList<>();
    for (int row : rows) {
      table.add(
          completion(row)
              .map(column)
              .orElse(DoubleVector.constant(batch.lengths().get(row), otherwise)));
    }
    return TokenTable.of(table);
  }

  private TokenTable optional(
      List<Integer> rows,
      Function<TracedCompletion, Optional<DoubleVector>> column,
      double otherwise) {
    return table(rows, completion -> column.apply(completion).orElseThrow(), otherwise);
  }

  private boolean hasAll(Function<TracedCompletion, Optional<DoubleVector>> column) {
    return update.groups().stream()
        .flatMap(group -> group.completions().stream())
        .anyMatch(completion -> column.apply(completion).isPresent());
  }

  private static RowGroups groups(List<Integer> groupOfRow) {
    return RowGroups.of(ints(groupOfRow));
  }

  private static int[] ints(List<Integer> values) {
    int[] ints = new int[values.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = values.get(i);
    }
    return ints;
  }
}
