package org.grpo4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.verify.CaseResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden vector, one test per file, and the count of all of them. */
class GoldenVectorsTest {

  static final Path DIRECTORY = Path.of("src/test/resources/golden");

  static final List<String> FILES =
      List.of(
          "advantages.json",
          "aggregation.json",
          "gae.json",
          "kl.json",
          "logits.json",
          "losses.json",
          "metrics.json",
          "pipelines.json",
          "shaping.json",
          "surrogates.json",
          "value.json");

  static List<String> files() {
    return FILES;
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyCaseOfTheFilePasses(String file) {
    List<String> problems = new ArrayList<>();
    for (CaseResult result : new Verifier().verify(List.of(DIRECTORY.resolve(file))).results()) {
      if (result.outcome() != Outcome.PASSED) {
        problems.add(result.name() + ": " + result.outcome() + " " + result.details());
      }
    }
    assertEquals(List.of(), problems);
  }

  @Test
  void thereAreAllOfThem() {
    VerifyReport report = new Verifier().verify(paths());
    assertEquals(new VerifyReport.Counts(193, 0, 0), report.total());
    Set<String> kinds = new TreeSet<>(report.byKind().keySet());
    assertEquals(new Verifier().kinds(), kinds, "a check without a case");
  }

  @Test
  void aWrongNumberIsSeen() {
    VectorFile file = VectorFile.read(DIRECTORY.resolve("kl.json"));
    VectorCase original = file.cases().get(0);
    VectorCase other = file.cases().get(2);
    VectorCase wrong =
        new VectorCase(
            "k1 asked, k3 expected",
            original.kind(),
            original.inputs(),
            original.options(),
            other.expected(),
            original.absoluteTolerance(),
            original.relativeTolerance());
    CaseResult result = new Verifier().verify("kl.json", wrong);
    assertEquals(Outcome.FAILED, result.outcome());
    assertTrue(result.details().get(0).startsWith("kl[0]: expected "), result.details().get(0));
  }

  @Test
  void anUnknownKindOrOptionIsReportedByName() {
    String text =
        """
        {"schema": 1, "title": "t", "cases": [
          {"name": "a", "kind": "telepathy", "inputs": {}, "options": {},
           "expected": {}, "tolerance": {"abs": 0, "rel": 0}},
          {"name": "b", "kind": "kl_estimator", "inputs": {"logp": [0], "ref_logp": [0]},
           "options": {"kl_estimator": "k9"}, "expected": {"kl": [0]},
           "tolerance": {"abs": 0, "rel": 0}}]}
        """;
    List<String> details = new ArrayList<>();
    for (VectorCase vectorCase : VectorFile.parse("t.json", text).cases()) {
      CaseResult result = new Verifier().verify("t.json", vectorCase);
      assertEquals(Outcome.UNSUPPORTED, result.outcome());
      details.addAll(result.details());
    }
    assertEquals(List.of("kind: no check for telepathy", "kl_estimator: k9"), details);
  }

  @Test
  void aMalformedFileIsAClearError() {
    assertMessage("{", "x.json: is not JSON");
    assertMessage("{\"schema\": 2, \"cases\": []}", "x.json: schema: must be 1, got 2");
    assertMessage("{\"schema\": 1, \"cases\": []}", "x.json: cases: must not be empty");
    assertMessage("{\"schema\": 1, \"cases\": [{\"name\": \"a\"}]}", "x.json a: kind: is missing");
  }

  private static void assertMessage(String text, String start) {
    try {
      VectorFile.parse("x.json", text);
    } catch (InvalidVectorFileException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith(start), e.getMessage());
      return;
    }
    throw new AssertionError("accepted: " + text);
  }

  static List<Path> paths() {
    return FILES.stream().map(DIRECTORY::resolve).toList();
  }
}
