package org.grpo4j.verify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.grpo4j.verify.CaseResult.Outcome;

/**
 * The results of all cases.
 *
 * @param results one per case, in the order of files and cases
 */
public record VerifyReport(List<CaseResult> results) {

  /**
   * The results of the cases of one kind, counted.
   *
   * @param passed how many passed
   * @param failed how many failed
   * @param unsupported how many could not be computed
   */
  public record Counts(int passed, int failed, int unsupported) {

    Counts plus(Outcome outcome) {
      return new Counts(
          passed + (outcome == Outcome.PASSED ? 1 : 0),
          failed + (outcome == Outcome.FAILED ? 1 : 0),
          unsupported + (outcome == Outcome.UNSUPPORTED ? 1 : 0));
    }
  }

  public VerifyReport {
    results = List.copyOf(results);
  }

  /** The counts of each kind, by name of the kind. */
  public Map<String, Counts> byKind() {
    Map<String, Counts> counts = new TreeMap<>();
    for (CaseResult result : results) {
      Counts before = counts.getOrDefault(result.kind(), new Counts(0, 0, 0));
      counts.put(result.kind(), before.plus(result.outcome()));
    }
    return counts;
  }

  /** The counts of all cases together. */
  public Counts total() {
    Counts total = new Counts(0, 0, 0);
    for (CaseResult result : results) {
      total = total.plus(result.outcome());
    }
    return total;
  }
}
