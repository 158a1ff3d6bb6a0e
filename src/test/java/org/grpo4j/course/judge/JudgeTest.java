package org.grpo4j.course.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.grpo4j.course.catalogue.BatchLoss;
import org.grpo4j.course.catalogue.Mistake;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The judge finds nothing where nothing is wrong, and gives every mistake its own name. {@code
 * docs/course/feedback.md} is written by this test when it runs with {@code -Ddocs.update=true},
 * and compared otherwise.
 */
class JudgeTest {

  private static final Path PAGE = Path.of("docs/course/feedback.md");
  private static final List<Integer> LABS = List.of(1, 2, 3, 4, 5, 6, 7);
  private static final long SEED = 11;
  private static final int MOST_CALLS = 500;
  private static final int LEAST_ROWS = 40;

  /** A mistake that shows in a lab. */
  record Row(int lab, Mistake mistake, List<Finding> lost) {

    @Override
    public String toString() {
      return "lab " + lab + ": " + mistake;
    }
  }

  private static final List<Row> ROWS = allRows();

  static List<Row> rows() {
    return ROWS;
  }

  private static List<Row> allRows() {
    List<Row> rows = new ArrayList<>();
    for (int lab : LABS) {
      for (Mistake mistake : Mistake.all()) {
        List<Finding> lost = lost(lab, mistake, SEED);
        if (!lost.isEmpty()) {
          rows.add(new Row(lab, mistake, lost));
        }
      }
    }
    return rows;
  }

  private static List<Finding> lost(int lab, Pieces submission, long seed) {
    return Judge.judge(lab, submission, seed).stream()
        .filter(finding -> finding.fault().isPresent())
        .toList();
  }

  private static void passesEverything(Pieces submission, long seed) {
    for (int lab : LABS) {
      if (isWorthwhile(lab, seed)) {
        assertEquals(
            List.of(), lost(lab, submission, seed).stream().map(Finding::toString).toList());
      }
    }
  }

  /** Whole training runs take time. */
  private static boolean isWorthwhile(int lab, long seed) {
    return lab != 6 || seed < 2;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void everyLabHasTenPoints(int lab) {
    assertEquals(10, Judge.questions(lab).stream().mapToInt(Question::points).sum());
    List<String> titles = Judge.questions(lab).stream().map(Question::title).toList();
    assertEquals(titles.stream().distinct().toList(), titles);
  }

  @Test
  void theLibraryIsRightUnderEverySeed() {
    for (long seed = 0; seed < 60; seed++) {
      passesEverything(Pieces.LIBRARY, seed);
    }
  }

  static List<Pieces> otherHands() {
    return OtherHands.all();
  }

  @ParameterizedTest
  @MethodSource("otherHands")
  void aRightSolutionMayBeWrittenDifferently(Pieces submission) {
    for (long seed = 0; seed < 20; seed++) {
      passesEverything(submission, seed);
    }
  }

  @Test
  void propertiesHoldOfEveryRightAnswer() {
    for (long seed = 0; seed < 60; seed++) {
      for (Exercise<?> exercise : Judge.exercises()) {
        if (isWorthwhile(exercise.question().lab(), seed)) {
          assertEquals(List.of(), broken(exercise, seed));
        }
      }
    }
  }

  private static <I extends Record & Inputs> List<String> broken(Exercise<I> exercise, long seed) {
    List<String> broken = new ArrayList<>();
    for (I in : exercise.cases().all(seed, exercise.question())) {
      TokenTable right = exercise.ask().apply(Pieces.LIBRARY, in);
      for (Property<I> property : exercise.properties()) {
        property.broken(Pieces.LIBRARY, in, right).ifPresent(it -> broken.add(it + ": " + in));
      }
    }
    return broken;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyMistakeGetsItsOwnName(Row row) {
    for (Finding finding : row.lost()) {
      assertEquals(0, finding.points());
      List<String> named =
          finding.fault().orElseThrow().mistakes().stream().map(Mistake::title).toList();
      assertEquals(List.of(row.mistake().title()), named, finding.toString());
    }
  }

  @Test
  void callsThatThrowCostTheirQuestionOnly() {
    Pieces submission =
        new Pieces() {
          @Override
          public double surrogateLoss(double ratio, double advantage, double low, double high) {
            throw new UnsupportedOperationException("write term");
          }

          @Override
          public double surrogateSlope(double ratio, double advantage, double low, double high) {
            if (ratio == 0.9) {
              throw new IllegalStateException("near");
            }
            return Pieces.super.surrogateSlope(ratio, advantage, low, high);
          }
        };
    List<Finding> findings = Judge.judge(2, submission, SEED);
    assertEquals(List.of(0, 0, 1), findings.stream().map(Finding::points).toList());
    assertEquals(
        """
        The loss of a token: not written yet: write term
          given  ratio 1 · advantage 1 · low 0.2 · high 0.28
          yours  no answer
          right  -1\
        """,
        findings.get(0).toString());
    assertEquals(
        """
        Its slope by the log-ratio: IllegalStateException: near
          given  ratio 0.9 · advantage -1 · low 0.2 · high 0.28
          yours  no answer
          right  0.9\
        """,
        findings.get(1).toString());
  }

  @Test
  void answersOfAnotherShapeAreWrong() {
    Pieces submission =
        new Pieces() {
          @Override
          public TokenTable weights(TokenTable mask, RowGroups groups) {
            return TokenTable.of(List.of());
          }
        };
    String message = Judge.judge(4, submission, SEED).get(0).toString();
    assertTrue(message.contains("as many numbers as in the right answer"), message);
  }

  /** Every answer a little wrong, so that all properties are tried in vain: the most calls. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void aProxyWillDoAndIsNotAskedTooOften(int lab) {
    AtomicInteger calls = new AtomicInteger();
    Pieces proxy =
        (Pieces)
            Proxy.newProxyInstance(
                Pieces.class.getClassLoader(),
                new Class<?>[] {Pieces.class},
                (self, method, arguments) -> {
                  calls.incrementAndGet();
                  return blurred(method.invoke(Pieces.LIBRARY, arguments));
                });
    for (Finding finding : Judge.judge(lab, proxy, SEED)) {
      assertTrue(finding.toString().contains(": differs from Eq. "), finding.toString());
    }
    assertTrue(calls.get() <= MOST_CALLS, lab + ": " + calls + " calls");
  }

  private static Object blurred(Object answer) {
    double factor = 1 + 1e-7;
    if (answer instanceof Double number) {
      return number * factor;
    }
    if (answer instanceof double[] numbers) {
      return DoubleStream.of(numbers).map(number -> number * factor).toArray();
    }
    if (answer instanceof DoubleVector vector) {
      return DoubleVector.of((double[]) blurred(vector.toArray()));
    }
    return answer instanceof BatchLoss loss
        ? new BatchLoss((double) blurred(loss.loss()), loss.slopes().times(factor))
        : ((TokenTable) answer).times(factor);
  }

  @Test
  void pageIsCurrent() throws IOException {
    String page = page();
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page);
    }
    assertEquals(
        page, Files.readString(PAGE), "run ./mvnw test -Dtest=JudgeTest -Ddocs.update=true");
  }

  private static String page() {
    List<Row> rows = rows();
    assertTrue(rows.size() >= LEAST_ROWS, "at least " + LEAST_ROWS + ": " + rows.size());
    StringBuilder text =
        new StringBuilder(
            """
            # What a submission with a known mistake is told

            The judge of the labs asks a submission what the library is asked too, with cases that begin small, and names the property that is broken, the
            smallest case that shows it, and the [known mistake](../mistakes.md) that has the same numbers in every case. Here each mistake of the catalogue
            was handed in, in each lab where it shows: %d rows. Generated and compared by
            [JudgeTest](../../src/test/java/org/grpo4j/course/judge/JudgeTest.java).
            """
                .formatted(rows.size()));
    int lab = 0;
    for (Row row : rows) {
      if (row.lab() != lab) {
        lab = row.lab();
        text.append("\n## Lab ").append(lab);
        text.append("\n\n| mistake | points | a finding |\n|---|---|---|\n");
      }
      int lost = row.lost().stream().mapToInt(finding -> finding.question().points()).sum();
      text.append("| [").append(row.mistake().title()).append("](../mistakes.md#");
      text.append(row.mistake().area().replace(' ', '-')).append(") | ");
      text.append(10 - lost).append(" of 10 | ");
      text.append(shown(row).toString().replace("|", "\\|").replaceAll("\n *", "<br>"));
      text.append(" |\n");
    }
    return text.toString();
  }

  /** The first finding that names a property, else the first. */
  private static Finding shown(Row row) {
    return row.lost().stream()
        .filter(finding -> !finding.toString().contains(": differs from Eq. "))
        .findFirst()
        .orElse(row.lost().get(0));
  }
}
