package org.grpo4j.experiment.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.ObjectiveResult;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.Group;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.inspection.ExpertUse;
import org.grpo4j.train.inspection.Inspection;

/** The way from the numbers of a trainer to those that the trace keeps. */
public final class UpdateTracer {

  private final UpdateTrace trace;
  private final Inspection inspection;
  private final List<Completion> completions;

  /** Of each row, the first step whose mini-batch had it, and where in the mini-batch. */
  private final int[] firstStep;

  private final int[] indexInFirstStep;

  /** Of each inspected row and step, where in the mini-batch the row is; -1 if it is not. */
  private final int[][] indexInStep;

  private final DoubleVector scores;

  private UpdateTracer(UpdateTrace trace) {
    this.trace = trace;
    this.inspection =
        trace
            .inspection()
            .orElseThrow(
                () -> new IllegalArgumentException("inspection: the update was not inspected"));
    this.completions = trace.rollout().completions();
    this.firstStep = new int[completions.size()];
    this.indexInFirstStep = new int[completions.size()];
    this.scores = scores();
    this.indexInStep = new int[inspection.rows().size()][trace.steps().size()];
    int[] inspected = new int[completions.size()];
    Arrays.fill(inspected, -1);
    for (int index = 0; index < indexInStep.length; index++) {
      Arrays.fill(indexInStep[index], -1);
      inspected[inspection.rows().get(index)] = index;
    }
    for (int s = trace.steps().size() - 1; s >= 0; s--) {
      List<Integer> rows = trace.steps().get(s).rows();
      for (int i = 0; i < rows.size(); i++) {
        if (inspected[rows.get(i)] >= 0) {
          indexInStep[inspected[rows.get(i)]][s] = i;
        }
        firstStep[rows.get(i)] = s;
        indexInFirstStep[rows.get(i)] = i;
      }
    }
  }

  /**
   * The update as the trace keeps it.
   *
   * @param trace an inspected update
   * @param parameters of the policy after it
   */
  public static TracedUpdate of(UpdateTrace trace, UpdateMetrics metrics, DoubleVector parameters) {
    return new UpdateTracer(trace).update(metrics, parameters);
  }

  private TracedUpdate update(UpdateMetrics metrics, DoubleVector parameters) {
    List<TracedStep> steps = new ArrayList<>();
    List<Long> current = new ArrayList<>();
    long version = trace.oldVersion();
    for (UpdateTrace.OptimizerStep step : trace.steps()) {
      steps.add(TracedStep.of(step, completions.size()));
      current.add(version);
      version = step.gradient().version();
    }
    ObjectiveResult first = trace.steps().get(0).objective();
    return new TracedUpdate(
        trace.update(),
        new TracedUpdate.Versions(
            trace.oldVersion(),
            current,
            version,
            trace.reference().map(UpdateTrace.Reference::version)),
        trace.weights(),
        batch(),
        new TracedUpdate.Loss(
            first.loss(), first.policyLoss(), first.klLoss(), first.entropyLoss()),
        metrics.named(),
        steps,
        groups(),
        TraceDigest.of(trace, parameters));
  }

  private TracedBatch batch() {
    List<Integer> groupOfRow = Arrays.stream(trace.rollout().groupOfRow()).boxed().toList();
    List<Integer> lossTokens = new ArrayList<>();
    double[] advantages = new double[completions.size()];
    for (int row = 0; row < advantages.length; row++) {
      lossTokens.add(Masks.count(first(row).mask().row(indexInFirstStep[row])));
      advantages[row] = firstAdvantage(row);
    }
    AdvantageInputs inputs = trace.advantages().inputs();
    List<Reward.Part> parts = trace.rewards().get(0).parts();
    boolean isItsOnlyPart = parts.size() == 1 && parts.get(0).weight() == 1;
    boolean byToken = trace.advantages().perRow().isEmpty();
    return new TracedBatch(
        groupOfRow,
        trace.rollout().groups().stream().map(group -> group.problem().prompt()).toList(),
        completions.stream().map(Completion::text).toList(),
        completions.stream().map(Completion::length).toList(),
        lossTokens,
        scores,
        DoubleVector.of(advantages),
        inputs.rewards().equals(scores) ? Optional.empty() : Optional.of(inputs.rewards()),
        trace.deadGroups(),
        isItsOnlyPart ? Optional.empty() : inputs.rewardParts(),
        inputs.greedyRewards(),
        inputs.steps(),
        byToken ? inputs.tokenRewards() : Optional.empty(),
        inputs.values(),
        inputs.scoreNorms());
  }

  private DoubleVector scores() {
    return DoubleVector.of(trace.rewards().stream().mapToDouble(Reward::total).toArray());
  }

  /** A completion has at least its end token. */
  private double firstAdvantage(int row) {
    DoubleVector ofRow = trace.advantages().perToken().row(row);
    return ofRow.size() == 0 ? 0 : ofRow.get(0);
  }

  private List<TracedGroup> groups() {
    Map<Integer, List<Integer>> inspected = new HashMap<>();
    int[] groupOfRow = trace.rollout().groupOfRow();
    for (int index = 0; index < inspection.rows().size(); index++) {
      int group = groupOfRow[inspection.rows().get(index)];
      inspected.computeIfAbsent(group, any -> new ArrayList<>()).add(index);
    }
    List<TracedGroup> groups = new ArrayList<>();
    for (int k = 0; k < inspection.groups().size(); k++) {
      groups.add(group(k, inspected.getOrDefault(inspection.groups().get(k), List.of())));
    }
    return groups;
  }

  private TracedGroup group(int k, List<Integer> inspected) {
    int number = inspection.groups().get(k);
    Group group = trace.rollout().groups().get(number);
    AdvantageInputs inputs = trace.advantages().inputs();
    Moments moments = inputs.groupMoments(number);
    List<TracedCompletion> traced = new ArrayList<>();
    inspected.forEach(index -> traced.add(completion(index)));
    return new TracedGroup(
        number,
        group.problem().prompt(),
        group.problem().answer(),
        Moments.ofPresent(inputs.groups().select(number, scores)).mean(),
        moments.mean(),
        moments.compared().map(equal -> moments.sampleStandardDeviation()),
        trace.advantages().isDead(number),
        inspection.greedyBefore().get(k).text(),
        inspection.greedyAfter().get(k).text(),
        traced);
  }

  /** The {@code index}-th of the inspected rows. */
  private TracedCompletion completion(int index) {
    int row = inspection.rows().get(index);
    Completion completion = completions.get(row);
    int at = indexInFirstStep[row];
    ObjectiveInputs inputs = first(row);
    return new TracedCompletion(
        row,
        completion.text(),
        Arrays.stream(completion.tokens().toArray()).boxed().toList(),
        completion.finishReason(),
        trace.rewards().get(row),
        firstAdvantage(row),
        completion.samplerLogProbs(),
        inputs.oldLogProbs().row(at),
        inputs.referenceLogProbs().map(table -> table.row(at)),
        inputs.entropies().orElseThrow().row(at),
        inputs.mask().row(at),
        trace.advantages().perToken().row(row),
        inputs.importanceWeights().map(table -> table.row(at)),
        steps(index),
        inspection.afterLogProbs().row(index),
        inspection.logitGradientNorms().row(index),
        inspection.gradients().map(shares -> gradient(shares, index)),
        inspection
            .experts()
            .flatMap(ExpertUse::routing)
            .map(routing -> TracedRouting.of(routing, index, completion.length())));
  }

  private List<Optional<TracedTokens>> steps(int index) {
    List<Optional<TracedTokens>> steps = new ArrayList<>();
    for (int s = 0; s < trace.steps().size(); s++) {
      int at = indexInStep[index][s];
      ObjectiveResult result = trace.steps().get(s).objective();
      steps.add(at < 0 ? Optional.empty() : Optional.of(TracedTokens.of(result, at)));
    }
    return steps;
  }

  private static TracedCompletion.Gradient gradient(Inspection.GradientShares shares, int index) {
    return new TracedCompletion.Gradient(
        shares.rowNorms().get(index),
        shares.rowShares().get(index),
        shares.tokenNorms().row(index),
        shares.tokenShares().row(index));
  }

  private ObjectiveInputs first(int row) {
    return trace.steps().get(firstStep[row]).objective().inputs();
  }
}
