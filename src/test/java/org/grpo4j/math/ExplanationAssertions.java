package org.grpo4j.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What every explanation in this project must satisfy. */
public final class ExplanationAssertions {

  private static final Set<String> SYMBOLS = symbolsOfTheDocs();

  private ExplanationAssertions() {}

  /** The first column of the table of docs/symbols.md. */
  private static Set<String> symbolsOfTheDocs() {
    try {
      String page = Files.readString(Path.of("docs/symbols.md"));
      String table = page.substring(page.indexOf("## In explanations"), page.indexOf("## Every"));
      return table
          .lines()
          .filter(line -> line.startsWith("| `"))
          .flatMap(line -> Pattern.compile("`([^`]+)`").matcher(line.split("\\|")[1]).results())
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The explanation's value is {@code value} itself, not something near it, every node speaks, in
   * the symbols of docs/symbols.md, and every formula gives the value beside it.
   */
  public static void assertExplains(double value, Explanation explanation) {
    // Adding 0 makes 0 of -0: the two are the same number.
    assertEquals(value + 0.0, explanation.value() + 0.0, explanation::toString);
    assertSpeaks(explanation);
  }

  private static void assertSpeaks(Explanation explanation) {
    assertFalse(explanation.text().isBlank());
    String symbol = explanation.symbol();
    assertTrue(
        symbol.isEmpty() || SYMBOLS.contains(symbol),
        () -> symbol + ": docs/symbols.md, \"In explanations\", has no such symbol; add it there");
    if (!explanation.formula().isEmpty()) {
      double value = FormulaValue.of(explanation);
      double size = Math.max(Math.abs(value), 1e-6);
      assertEquals(value, explanation.value(), 1e-9 * size, explanation::toString);
    }
    for (Explanation part : explanation.parts()) {
      assertSpeaks(part);
    }
  }
}
