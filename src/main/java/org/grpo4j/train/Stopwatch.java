package org.grpo4j.train;

/** Wall-clock seconds between one lap and the next. */
final class Stopwatch {

  private static final double NANOS_PER_SECOND = 1e9;

  private long start = System.nanoTime();

  /** Seconds since the last lap, or since it was made. */
  double lap() {
    long now = System.nanoTime();
    double seconds = (now - start) / NANOS_PER_SECOND;
    start = now;
    return seconds;
  }
}
