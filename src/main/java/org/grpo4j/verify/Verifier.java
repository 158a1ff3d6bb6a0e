package org.grpo4j.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.grpo4j.verify.CaseResult.Outcome;

/** Runs golden vectors through the library. */
public final class Verifier {

  private final Map<String, Function<VectorCase, Answers>> checks;

  /** A verifier of all kinds there are checks for. */
  public Verifier() {
    Map<String, Function<VectorCase, Answers>> all = new HashMap<>();
    all.putAll(AdvantageChecks.kinds());
    all.putAll(TokenAdvantageChecks.kinds());
    all.putAll(ObjectiveChecks.kinds());
    all.putAll(LogitChecks.kinds());
    all.putAll(ShapingChecks.kinds());
    all.putAll(ControllerChecks.kinds());
    all.putAll(MetricChecks.kinds());
    this.checks = Map.copyOf(all);
  }

  /** The kinds there are checks for. */
  public Set<String> kinds() {
    return new TreeSet<>(checks.keySet());
  }

  /**
   * All cases of these files.
   *
   * @throws InvalidVectorFileException if one cannot be read or is malformed
   */
  public VerifyReport verify(List<Path> files) {
    List<CaseResult> results = new ArrayList<>();
    for (Path path : files) {
      VectorFile file = VectorFile.read(path);
      for (VectorCase vectorCase : file.cases()) {
        results.add(verify(file.name(), vectorCase));
      }
    }
    return new VerifyReport(results);
  }

  /** One case. */
  public CaseResult verify(String file, VectorCase vectorCase) {
    Function<VectorCase, Answers> check = checks.get(vectorCase.kind());
    if (check == null) {
      String detail = "kind: no check for " + vectorCase.kind();
      return result(file, vectorCase, Outcome.UNSUPPORTED, List.of(detail));
    }
    try {
      List<String> differences = Comparison.differences(vectorCase, check.apply(vectorCase));
      Outcome outcome = differences.isEmpty() ? Outcome.PASSED : Outcome.FAILED;
      return result(file, vectorCase, outcome, differences);
    } catch (UnsupportedOptionException e) {
      return result(file, vectorCase, Outcome.UNSUPPORTED, List.of(String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return result(file, vectorCase, Outcome.FAILED, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static CaseResult result(
      String file, VectorCase vectorCase, Outcome outcome, List<String> details) {
    return new CaseResult(file, vectorCase.name(), vectorCase.kind(), outcome, details);
  }
}
