package org.grpo4j.train;

import java.util.function.BooleanSupplier;
import org.grpo4j.math.Require;
import org.grpo4j.math.Stopwatch;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.train.evaluation.Evaluator;
import org.grpo4j.train.inspection.UpdateInspector;

/** Update after update, with evaluations and checkpoints in between. */
public final class TrainingLoop {

  private final Trainer trainer;
  private final LanguageModel policy;
  private final Evaluator evaluator;
  private final Schedule schedule;
  private final UpdateInspector inspector;
  private final Listener listener;

  /**
   * The receiver of what happens: progress displays, metric files, traces and checkpoints are made
   * from it, so that trainers print nothing and write no files. It is called on the training
   * thread, in order; training continues when it returns.
   */
  public interface Listener {

    /** One update is done: everything that was computed in it, and its summary in numbers. */
    void updated(UpdateTrace trace, UpdateMetrics metrics);

    /**
     * The policy was evaluated on held-out problems.
     *
     * @param updatesDone updates taken before; 0 is the policy as it was given
     * @param seconds how long it took
     */
    void evaluated(int updatesDone, Evaluation evaluation, double seconds);

    /** It is time for a checkpoint: after an update and its evaluation, nothing under way. */
    void checkpointDue(int updatesDone);
  }

  /**
   * The length of a run, and how often it is evaluated and kept.
   *
   * @param updates number of updates of the whole run, at least 0
   * @param evaluateEvery updates between evaluations, 0 for none; the first {@value #EARLY}
   *     updates, where most is learnt, and the last one are evaluated too
   * @param checkpointEvery updates between checkpoints, 0 for none; the last update is kept too
   */
  public record Schedule(int updates, int evaluateEvery, int checkpointEvery) {

    private static final int EARLY = 3;

    public Schedule {
      Require.that(updates >= 0, "updates", "at least 0", updates);
      Require.that(evaluateEvery >= 0, "evaluateEvery", "at least 0", evaluateEvery);
      Require.that(checkpointEvery >= 0, "checkpointEvery", "at least 0", checkpointEvery);
    }

    boolean evaluationDue(int updatesDone) {
      return due(evaluateEvery, updatesDone) || (evaluateEvery > EARLY && updatesDone <= EARLY);
    }

    private boolean due(int every, int updatesDone) {
      return every > 0 && (updatesDone % every == 0 || updatesDone == updates);
    }
  }

  /**
   * @param policy the one the trainer improves; evaluated as it is
   * @param inspector looks at every update
   * @param listener notified of everything
   */
  public TrainingLoop(
      Trainer trainer,
      LanguageModel policy,
      Evaluator evaluator,
      Schedule schedule,
      UpdateInspector inspector,
      Listener listener) {
    this.trainer = trainer;
    this.policy = policy;
    this.evaluator = evaluator;
    this.schedule = schedule;
    this.inspector = inspector;
    this.listener = listener;
  }

  /**
   * Runs from update {@code firstUpdate} to the end of the schedule. A run from 0 evaluates the
   * policy before its first update.
   *
   * @param stopRequested asked before every update; when true a checkpoint is due and the loop ends
   * @return true if it ran to the end, false if it was stopped
   */
  public boolean run(int firstUpdate, BooleanSupplier stopRequested) {
    if (firstUpdate == 0 && schedule.evaluateEvery() > 0) {
      evaluate(0);
    }
    for (int update = firstUpdate; update < schedule.updates(); update++) {
      if (stopRequested.getAsBoolean()) {
        listener.checkpointDue(update);
        return false;
      }
      UpdateTrace trace = trainer.inspected(update, inspector);
      listener.updated(trace, UpdateMetrics.of(trace));
      int updatesDone = update + 1;
      if (schedule.evaluationDue(updatesDone)) {
        evaluate(updatesDone);
      }
      if (schedule.due(schedule.checkpointEvery(), updatesDone)) {
        listener.checkpointDue(updatesDone);
      }
    }
    return true;
  }

  private void evaluate(int updatesDone) {
    Stopwatch watch = new Stopwatch();
    Evaluation evaluation = evaluator.evaluateGreedy(policy);
    listener.evaluated(updatesDone, evaluation, watch.lap());
  }
}
