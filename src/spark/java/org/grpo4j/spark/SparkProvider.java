package org.grpo4j.spark;

import java.util.List;
import org.grpo4j.experiment.sweep.SweepEngine;

/** Tells the program that Spark is there. */
public final class SparkProvider implements SweepEngine.Provider {

  @Override
  public SweepEngine at(String master, int jobs, List<String> last) {
    return new SparkSweep(master, jobs, last);
  }
}
