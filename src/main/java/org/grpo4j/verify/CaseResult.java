package org.grpo4j.verify;

import java.util.List;

/**
 * The result of one case.
 *
 * @param file the file it is from
 * @param name its name there
 * @param kind its kind
 * @param outcome how it went
 * @param details what differs, or what is not supported
 */
public record CaseResult(
    String file, String name, String kind, Outcome outcome, List<String> details) {

  /** The possible results of a case. */
  public enum Outcome {
    /** Every expected number was reproduced. */
    PASSED,
    /** At least one was not. */
    FAILED,
    /** The kind, or an option of it, is not known. */
    UNSUPPORTED
  }

  public CaseResult {
    details = List.copyOf(details);
  }
}
