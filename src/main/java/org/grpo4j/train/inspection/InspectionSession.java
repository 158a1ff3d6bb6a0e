package org.grpo4j.train.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Routing;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.Problem;
import org.grpo4j.train.sampling.GreedyDecoder;

/** An {@link UpdateInspector} during one update; keeps its own time. */
public final class InspectionSession {

  private final Policy policy;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Integer> groups;
  private final List<Integer> rows = new ArrayList<>();
  private final List<Sequence> sequences = new ArrayList<>();
  private final double temperature;
  private final boolean withGradients;
  private final Optional<GreedyDecoder> greedyDecoder;
  private final List<Completion> greedyBefore;
  private final double[][] logitGradientNorms;
  private Optional<ShareCounter> shares = Optional.empty();
  private final ExpertUse.Counter experts = new ExpertUse.Counter();
  private Optional<Routing> routing = Optional.empty();
  private boolean sawFirstStep;
  private double seconds;

  InspectionSession(
      Policy policy,
      RolloutBatch rollout,
      List<Integer> groups,
      double temperature,
      boolean withGradients,
      Optional<GreedyDecoder> greedyDecoder) {
    Stopwatch watch = new Stopwatch();
    this.policy = policy;
    this.groups = groups;
    this.temperature = temperature;
    this.withGradients = withGradients;
    this.greedyDecoder = greedyDecoder;
    List<Sequence> all = rollout.sequences();
    int[] groupOfRow = rollout.groupOfRow();
    for (int group : groups) {
      problems.add(rollout.groups().get(group).problem());
    }
    Set<Integer> chosen = Set.copyOf(groups);
    for (int row = 0; row < groupOfRow.length; row++) {
      if (chosen.contains(groupOfRow[row])) {
        rows.add(row);
        sequences.add(all.get(row));
      }
    }
    this.logitGradientNorms = notSeen(sequences);
    this.greedyBefore = greedy();
    this.seconds = watch.lap();
  }

  /** Looks at nothing. */
  static InspectionSession nothing(Policy policy, RolloutBatch rollout, double temperature) {
    return new InspectionSession(policy, rollout, List.of(), temperature, false, Optional.empty());
  }

  /**
   * Sees an optimiser step between backward pass and parameter change; only the first counts, but
   * for the load of experts.
   *
   * @param miniBatch the rows of the step, in the order of {@code forward} and {@code result}
   */
  public void beforeStep(List<Integer> miniBatch, ForwardPass forward, ObjectiveResult result) {
    Stopwatch watch = new Stopwatch();
    forward.routing().ifPresent(experts::count);
    if (!sawFirstStep && !rows.isEmpty()) {
      sawFirstStep = true;
      first(miniBatch, forward, result);
    }
    seconds += watch.lap();
  }

  private void first(List<Integer> miniBatch, ForwardPass forward, ObjectiveResult result) {
    if (withGradients) {
      shares = Optional.of(new ShareCounter(policy, sequences, temperature));
    }
    Map<Integer, Integer> places = new HashMap<>();
    for (int at = 0; at < miniBatch.size(); at++) {
      places.put(miniBatch.get(at), at);
    }
    routing = forward.routing().map(seen -> ofRows(seen, places));
    for (int k = 0; k < rows.size(); k++) {
      Integer at = places.get(rows.get(k));
      if (at != null) {
        int row = k;
        DoubleVector g = result.lossByLogProb().row(at);
        DoubleVector h = result.lossByEntropy().row(at);
        logitGradientNorms[k] = logitGradientNorms(forward, at, g, h);
        if (shares.isPresent()) {
          shares.get().count(k, routing.map(seen -> seen.rows(row, row + 1)), g, h);
        }
      }
    }
  }

  /** The policy is still the old one, so that rows outside the mini-batch can be asked for. */
  private Routing ofRows(Routing seen, Map<Integer, Integer> places) {
    List<Routing> each = new ArrayList<>();
    for (int k = 0; k < rows.size(); k++) {
      Integer at = places.get(rows.get(k));
      each.add(
          at != null
              ? seen.rows(at, at + 1)
              : policy.routing(List.of(sequences.get(k))).orElseThrow());
    }
    return Routing.join(each);
  }

  /** Logits of different tokens are different coordinates: squares of the norms add up. */
  private static double[] logitGradientNorms(
      ForwardPass forward, int row, DoubleVector g, DoubleVector h) {
    double[] norms = new double[g.size()];
    for (int t = 0; t < norms.length; t++) {
      DoubleVector lossByLogit = forward.logitGradient(row, t, g.get(t), h.get(t));
      double sumOfSquares = 0;
      for (int j = 0; j < lossByLogit.size(); j++) {
        sumOfSquares += lossByLogit.get(j) * lossByLogit.get(j);
      }
      norms[t] = Math.sqrt(sumOfSquares);
    }
    return norms;
  }

  /** Sees the policy after the update; empty if nothing was looked at and there are no experts. */
  public Optional<Inspection> finish() {
    Optional<ExpertUse> use = experts.use(routing);
    if (rows.isEmpty() && use.isEmpty()) {
      return Optional.empty();
    }
    Stopwatch watch = new Stopwatch();
    Inspection inspection =
        new Inspection(
            groups,
            rows,
            greedyBefore,
            greedy(),
            rows.isEmpty()
                ? TokenTable.of(logitGradientNorms)
                : policy.logProbs(sequences, temperature).table(),
            TokenTable.of(logitGradientNorms),
            shares.map(ShareCounter::shares),
            use);
    seconds += watch.lap();
    return Optional.of(inspection);
  }

  /** The time that looking took so far. */
  public double seconds() {
    return seconds;
  }

  private List<Completion> greedy() {
    return greedyDecoder.map(decoder -> decoder.decode(policy, problems)).orElse(List.of());
  }

  /** A table of {@code NaN}. */
  static double[][] notSeen(List<Sequence> sequences) {
    double[][] table = new double[sequences.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = new double[sequences.get(i).completion().length()];
      Arrays.fill(table[i], Double.NaN);
    }
    return table;
  }
}
