package org.grpo4j.math;

/** Wall-clock seconds between one lap and the next. */
public final class Stopwatch {

  private static final double NANOS_PER_SECOND = 1e9;

  private long start = System.nanoTime();

  /** Seconds since the last lap, or since it was made. */
  public double lap() {
    long now = System.nanoTime();
    double seconds = (now - start) / NANOS_PER_SECOND;
    start = now;
    return seconds;
  }
}
