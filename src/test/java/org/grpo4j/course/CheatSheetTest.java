package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.SurrogateTerm;
import org.junit.jupiter.api.Test;

/**
 * The sheet of the four classes: its code stands in the sources, its numbers come from them. {@code
 * docs/course/cheat-sheet.html} is written with {@code -Ddocs.update=true} and compared otherwise.
 */
class CheatSheetTest {

  private static final Path SOURCES = Path.of("src/main/java/org/grpo4j");
  private static final Path TEMPLATE = Path.of("src/test/resources/course/cheat-sheet.html");
  private static final Path SHEET = Path.of("docs/course/cheat-sheet.html");

  @Test
  void theSheetIsCurrent() throws IOException {
    String sheet = Files.readString(TEMPLATE);
    sheet = replaced(sheet, "\\$\\{code:([^:}]+): ([^}]+)\\}", m -> method(m.group(1), m.group(2)));
    sheet = replaced(sheet, "\\$\\{box:([^}]+)\\}", m -> box(m.group(1)));
    sheet = replaced(sheet, "\\$\\{(\\w+)\\}", m -> number(m.group(1)));
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(SHEET, sheet);
    }
    assertEquals(
        sheet, Files.readString(SHEET), "run ./mvnw test -Dtest=CheatSheetTest -Ddocs.update=true");
  }

  private static String replaced(String text, String pattern, Function<MatchResult, String> by) {
    return Pattern.compile(pattern)
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
  }

  /** The lines of a method, without its annotations and comment. */
  private static String method(String file, String head) {
    List<String> lines = lines(file);
    int first = 0;
    while (!lines.get(first).startsWith("  " + head)) {
      first++;
    }
    int last = first;
    while (!lines.get(last).equals("  }")) {
      last++;
    }
    return escaped(String.join("\n", lines.subList(first, last + 1)).stripIndent());
  }

  /** The box of the algorithm in the comment of a class. */
  private static String box(String file) {
    List<String> box = new ArrayList<>();
    boolean inside = false;
    for (String line : lines(file)) {
      if (line.equals(" * </pre>")) {
        break;
      }
      if (inside) {
        box.add(line.substring(3).replaceAll("\\{@link #?(\\w+)\\}", "$1"));
      }
      inside |= line.equals(" * <pre>");
    }
    assertTrue(box.size() > 10, "the box is there");
    return escaped(String.join("\n", box));
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(SOURCES.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String number(String name) {
    return switch (name) {
      case "advantages" -> advantages(1, 0, 0, 1);
      case "rare" -> advantages(1, 1, 1, 0);
      case "corners" -> corners();
      case "k3" -> brief(KlEstimator.K3.value(0.5)) + ", " + brief(KlEstimator.K3.derivative(0.5));
      case "sequenceMean" -> weights(Aggregation.sequenceMeanTokenMean());
      case "tokenMean" -> weights(Aggregation.tokenMean());
      case "constant" -> weights(new Aggregation.SequenceMeanTokenSumNorm(8, EmptyRows.COUNT));
      default -> throw new AssertionError("no number " + name);
    };
  }

  private static String advantages(double... rewards) {
    AdvantageInputs inputs =
        AdvantageInputs.of(
            DoubleVector.of(rewards),
            RowGroups.consecutive(rewards.length, rewards.length),
            TokenTable.constant(new int[] {1, 1, 1, 1}, 1));
    DoubleVector found = GroupRelativeAdvantage.standard().estimate(inputs).perRow().orElseThrow();
    List<String> words = new ArrayList<>();
    for (double advantage : found.toArray()) {
      words.add(brief(advantage));
    }
    return String.join(", ", words);
  }

  private static String corners() {
    List<String> words = new ArrayList<>();
    for (double advantage : new double[] {1, -1}) {
      for (double ratio : new double[] {0.5, 1.5}) {
        SurrogateTerm term = ClippedSurrogate.symmetric(0.2).term(0, ratio, advantage);
        words.add(
            "A = %s, ρ = %s: loss <b>%s</b>, slope <b>%s</b>"
                .formatted(
                    brief(advantage),
                    brief(ratio),
                    brief(term.loss()),
                    brief(term.lossByLogRatio())));
      }
    }
    return String.join("; ", words) + ".";
  }

  private static String weights(Aggregation aggregation) {
    TokenTable weights =
        aggregation.weights(TokenTable.constant(new int[] {2, 8}, 1), RowGroups.consecutive(2, 2));
    return brief(weights.get(0, 0)) + " and " + brief(weights.get(1, 0));
  }

  private static String brief(double value) {
    return Numbers.brief(value);
  }
}
