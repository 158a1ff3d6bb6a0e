package org.grpo4j.course.sandbox;

import org.grpo4j.math.Require;

/**
 * The bounds of a submission.
 *
 * @param callMillis time for one call, in milliseconds
 * @param totalMillis time for all calls together, in milliseconds
 * @param memoryMebibytes heap of its process
 * @param printedBytes what it may print in one call
 */
public record Limits(long callMillis, long totalMillis, int memoryMebibytes, int printedBytes) {

  /** 2 seconds a call, 60 in all, 256 MiB, 1 MB printed in a call. */
  public static final Limits STANDARD = new Limits(2_000, 60_000, 256, 1_000_000);

  public Limits {
    Require.that(callMillis > 0, "callMillis", "positive", callMillis);
    Require.that(totalMillis >= callMillis, "totalMillis", "at least callMillis", totalMillis);
    Require.atLeast(16, "memoryMebibytes", memoryMebibytes);
    Require.atLeast(0, "printedBytes", printedBytes);
  }
}
