package org.grpo4j.cli.text;

/** The exit codes, for scripts. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** A mistake of the program, or of the machine. */
  public static final int UNEXPECTED = 1;

  /** Wrong usage or an invalid configuration. */
  public static final int USAGE = 2;

  /** Training left the finite numbers. */
  public static final int NON_FINITE = 3;

  /** A check or a comparison failed. */
  public static final int CHECK_FAILED = 4;

  /** Interrupted, after a checkpoint. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
