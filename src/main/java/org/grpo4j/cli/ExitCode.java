package org.grpo4j.cli;

/** How the program ends, for scripts. */
final class ExitCode {

  static final int OK = 0;

  /** A mistake of the program, or of the machine. */
  static final int UNEXPECTED = 1;

  /** Wrong usage or an invalid configuration. */
  static final int USAGE = 2;

  /** Training left the finite numbers. */
  static final int NON_FINITE = 3;

  /** A check or a comparison failed. */
  static final int CHECK_FAILED = 4;

  /** Interrupted, after a checkpoint. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
