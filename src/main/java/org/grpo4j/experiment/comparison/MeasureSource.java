package org.grpo4j.experiment.comparison;

import org.apache.commons.math3.stat.StatUtils;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.experiment.statistics.StepCurve;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Require;

/** A way to get one number out of a run; all there are stand here, side by side. */
public sealed interface MeasureSource {

  /** The column of {@code metrics.jsonl} or the key of {@code summary.json} it is made of. */
  String column();

  /**
   * The number of {@code run}.
   *
   * @param all what every run of the comparison has, {@code run} among them: what is compared "at
   *     equal seconds" depends on the shortest
   * @return {@code NaN} if the run does not have it
   */
  double of(FinishedRun run, CommonRange all);

  /** Whether it depends on how fast the machine was, so that no other machine gives the same. */
  default boolean dependsOnTheMachine() {
    return false;
  }

  @Kind(value = "summary", description = "A number of `summary.json`.")
  record SummaryValue(@Setting(value = "Its key, such as eval/pass@1.", key = "key") String column)
      implements MeasureSource {

    @Override
    public double of(FinishedRun run, CommonRange all) {
      return run.summary(column).orElse(Double.NaN);
    }
  }

  /** The mean of the last {@code updates} values of a column; of all if there are fewer. */
  @Kind(value = "last-updates", description = "The mean of the last values of a column.")
  record LastUpdates(
      @Setting("Column of `metrics.jsonl`.") String column,
      @Setting(
              value = "How many of the last values are averaged.",
              byDefault = "20",
              range = "[1, 1000000]")
          int updates)
      implements MeasureSource {

    public LastUpdates {
      Require.that(updates >= 1, "updates", "at least 1", updates);
    }

    @Override
    public double of(FinishedRun run, CommonRange all) {
      return Axis.UPDATES.meanOfLast(run, column, updates, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * The mean of the last values of a column that were known when the shortest run of the comparison
   * ended: what each had reached with the same completions, tokens, operations or seconds.
   */
  @Kind(
      value = "last-updates-at-equal",
      description = "The same, up to where the shortest run of the comparison ends.")
  record LastUpdatesAtEqual(
      @Setting("Column of `metrics.jsonl`.") String column,
      @Setting(
              value = "How many of the last values are averaged.",
              byDefault = "20",
              range = "[1, 1000000]")
          int updates,
      @Setting(value = "What every run had the same amount of.", byDefault = "completions")
          Axis axis)
      implements MeasureSource {

    public LastUpdatesAtEqual {
      Require.that(updates >= 1, "updates", "at least 1", updates);
    }

    @Override
    public double of(FinishedRun run, CommonRange all) {
      return axis.meanOfLast(run, column, updates, all.end(axis));
    }

    @Override
    public boolean dependsOnTheMachine() {
      return axis == Axis.SECONDS;
    }
  }

  /**
   * The last value of a column when so many updates were done; {@code NaN} if the run was shorter.
   */
  @Kind(value = "at-update", description = "The value of a column when so many updates were done.")
  record AtUpdate(
      @Setting("Column of `metrics.jsonl`.") String column,
      @Setting(value = "Updates done.", range = "[0, 1000000]") int updatesDone)
      implements MeasureSource {

    public AtUpdate {
      Require.that(updatesDone >= 0, "updatesDone", "at least 0", updatesDone);
    }

    @Override
    public double of(FinishedRun run, CommonRange all) {
      DoubleVector done = Axis.UPDATES.positions(run);
      boolean reached = done.size() > 0 && done.get(done.size() - 1) >= updatesDone;
      return reached ? Axis.UPDATES.meanOfLast(run, column, 1, updatesDone) : Double.NaN;
    }
  }

  /**
   * The normalised area under a learning curve: its mean height from where every run has a first
   * value to where the shortest run ends.
   */
  @Kind(value = "area", description = "The mean height of a learning curve.")
  record Area(
      @Setting("Column of `metrics.jsonl`.") String column,
      @Setting(value = "What the curve is drawn over.", byDefault = "completions") Axis axis)
      implements MeasureSource {

    @Override
    public double of(FinishedRun run, CommonRange all) {
      double to = all.end(axis);
      if (!run.has(column) || Double.isNaN(to)) {
        return Double.NaN;
      }
      double from = all.start(axis, column);
      StepCurve curve = axis.curve(run, column);
      return to > from ? curve.meanHeight(from, to) : curve.at(to);
    }

    @Override
    public boolean dependsOnTheMachine() {
      return axis == Axis.SECONDS;
    }
  }

  /** The median of a column, which a slow first update does not move. */
  @Kind(value = "median", description = "The median of a column.")
  record Median(@Setting("Column of `metrics.jsonl`.") String column) implements MeasureSource {

    @Override
    public double of(FinishedRun run, CommonRange all) {
      double[] measured = run.measured(column);
      return measured.length == 0 ? Double.NaN : StatUtils.percentile(measured, 50);
    }

    @Override
    public boolean dependsOnTheMachine() {
      return column.equals(FinishedRun.TRAINING_SECONDS);
    }
  }

  @Kind(value = "largest", description = "The largest value of a column.")
  record Largest(@Setting("Column of `metrics.jsonl`.") String column) implements MeasureSource {

    @Override
    public double of(FinishedRun run, CommonRange all) {
      double[] measured = run.measured(column);
      return measured.length == 0 ? Double.NaN : StatUtils.max(measured);
    }
  }

  /**
   * Seconds of training over its estimated floating-point operations, in units of a billion: how
   * fast the machine was while the run was made.
   */
  @Kind(value = "seconds-per-gflop", description = "Seconds of training for a billion operations.")
  record SecondsPerGflop() implements MeasureSource {

    @Override
    public String column() {
      return FinishedRun.TRAINING_SECONDS;
    }

    @Override
    public double of(FinishedRun run, CommonRange all) {
      double seconds = run.rows() == 0 ? Double.NaN : Axis.SECONDS.end(run);
      double flops = run.summary(FinishedRun.FLOPS).orElse(Double.NaN);
      return flops > 0 ? seconds / (flops / 1e9) : Double.NaN;
    }

    @Override
    public boolean dependsOnTheMachine() {
      return true;
    }
  }
}
