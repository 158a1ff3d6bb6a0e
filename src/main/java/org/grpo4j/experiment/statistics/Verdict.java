package org.grpo4j.experiment.statistics;

/** The word of an interval about the sign of a difference. */
public enum Verdict {
  /** The whole interval lies above zero. */
  MORE("more"),
  /** The whole interval lies below zero. */
  LESS("less"),
  /** The interval holds zero. */
  NOT_SHOWN("not shown"),
  /** There is no interval. */
  ONE_SEED("one seed");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The verdict of the interval from {@code low} to {@code high}. */
  static Verdict of(double low, double high) {
    return low > 0 ? MORE : high < 0 ? LESS : NOT_SHOWN;
  }

  /** For people, such as {@code not shown}. */
  @Override
  public String toString() {
    return words;
  }
}
