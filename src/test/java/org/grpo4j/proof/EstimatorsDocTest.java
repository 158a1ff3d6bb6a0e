package org.grpo4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/estimators.md} is written by this test when it runs with {@code -Ddocs.update=true},
 * and compared otherwise.
 */
class EstimatorsDocTest {

  private static final Path PAGE = Path.of("docs/estimators.md");
  private static final String INTRODUCTION =
      """
      # What the estimators estimate

      Every number of this page is exact: a policy small enough to list all its completions
      ([`TabularPolicy`](../src/main/java/org/grpo4j/policy/TabularPolicy.java)), every batch that can be sampled with its probability, the library's own
      advantages and objective on each, and the sum. No sampling, no seed, no standard error. The page is generated
      (`./mvnw test -Dtest=EstimatorsDocTest -Ddocs.update=true`) and a test compares it with the code. The identities behind it are asserted to
      twelve digits in [PolicyGradientTest](../src/test/java/org/grpo4j/proof/PolicyGradientTest.java) and
      [DivergenceTest](../src/test/java/org/grpo4j/proof/DivergenceTest.java), the true gradients there against finite differences.

      Unless a table says otherwise: the first step on a batch (ratio 1, where every surrogate has the gradient of REINFORCE, which is tested), and the mean over completions of the
      sum over tokens.

      """;

  @Test
  void pageIsCurrent() throws IOException {
    String page = INTRODUCTION + EstimatorsPage.markdown();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page,
        Files.readString(PAGE),
        "run ./mvnw test -Dtest=EstimatorsDocTest -Ddocs.update=true");
  }
}
