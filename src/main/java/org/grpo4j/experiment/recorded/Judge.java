package org.grpo4j.experiment.recorded;

/** Over which seeds an expectation is meant. */
public enum Judge {
  /** In every seed. */
  EVERY_SEED("every seed"),
  /** In at least four of five seeds. */
  MOST_SEEDS("most seeds"),
  /** For the mean over the seeds. */
  MEAN("mean");

  private final String label;

  Judge(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }
}
