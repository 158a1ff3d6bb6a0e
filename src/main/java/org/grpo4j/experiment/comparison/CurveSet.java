package org.grpo4j.experiment.comparison;

import java.util.List;

/**
 * One plot: the learning curves of all experiments over one axis.
 *
 * @param title what is drawn
 * @param column the column it comes from
 * @param axis what it is drawn over
 * @param bands one an experiment that has the column
 */
public record CurveSet(String title, String column, Axis axis, List<CurveBand> bands) {

  public CurveSet {
    bands = List.copyOf(bands);
  }
}
