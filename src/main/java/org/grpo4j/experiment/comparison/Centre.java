package org.grpo4j.experiment.comparison;

import org.grpo4j.experiment.statistics.Bootstrap;
import org.grpo4j.experiment.statistics.InterquartileMean;
import org.grpo4j.math.DoubleVector;

/** The number that stands for the seeds at a place of a learning curve. */
public enum Centre {
  /** Their mean. */
  MEAN("mean"),
  /**
   * Their interquartile mean: with it and the completions as axis, the sample-efficiency curve of
   * Agarwal et al. 2021.
   */
  INTERQUARTILE_MEAN("iqm");

  private final String fileName;

  Centre(String fileName) {
    this.fileName = fileName;
  }

  /** The name in file names and tables. */
  public String fileName() {
    return fileName;
  }

  /** This number of the heights of some seeds. */
  Bootstrap.Statistic of(DoubleVector heights) {
    return this == MEAN ? Bootstrap.Statistic.mean(heights) : InterquartileMean.statistic(heights);
  }
}
