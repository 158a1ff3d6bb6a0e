package org.grpo4j.cli.progress;

import org.grpo4j.experiment.run.JobEvent;

/** Shows nothing. */
final class NoProgress implements ProgressDisplay {

  @Override
  public void show(JobEvent event) {}

  @Override
  public void close() {}
}
