package org.grpo4j.experiment.comparison;

import java.util.List;

/**
 * One plot: the learning curves of all experiments over one axis.
 *
 * @param title what is drawn
 * @param column the column it comes from
 * @param axis what it is drawn over
 * @param centre what stands for the seeds
 * @param bands one an experiment that has the column
 */
public record CurveSet(
    String title, String column, Axis axis, Centre centre, List<CurveBand> bands) {

  public CurveSet {
    bands = List.copyOf(bands);
  }
}
