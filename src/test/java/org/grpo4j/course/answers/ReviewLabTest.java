package org.grpo4j.course.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer to be reviewed compiles and runs, and its ten faults are where the key says. */
class ReviewLabTest {

  /** A table of logits for the token after each token. */
  private static final String RUN =
      """
      import java.util.List;

      public class Run {
        public static String run() {
          int v = 4;
          ReviewedTrainer.Network table =
              new ReviewedTrainer.Network() {
                public double[][] logits(double[] parameters, int[] tokens) {
                  double[][] logits = new double[tokens.length][v];
                  for (int t = 0; t < tokens.length; t++) {
                    System.arraycopy(parameters, tokens[t] * v, logits[t], 0, v);
                  }
                  return logits;
                }

                public void backward(
                    double[] parameters, int[] tokens, double[][] lossByLogits, double[] into) {
                  for (int t = 0; t < tokens.length; t++) {
                    for (int j = 0; j < v; j++) {
                      into[tokens[t] * v + j] += lossByLogits[t][j];
                    }
                  }
                }

                public int[] blocks() {
                  return new int[] {0, v * v};
                }
              };
          double[] parameters = new double[v * v];
          ReviewedTrainer trainer =
              new ReviewedTrainer(
                  table,
                  (prompt, completion) -> completion[0] == prompt[0] ? 1 : 0,
                  new ReviewedTrainer.Settings(8, 2, 0.9, 3, 1, 0.2, 0.01, 0.1, 1.0, 7),
                  parameters);
          trainer.update(List.of(new int[] {2}, new int[] {3}));
          return java.util.Arrays.toString(parameters);
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void theTrainerCompilesAndRuns() throws Exception {
    Path trainer = Files.writeString(directory.resolve(ReviewLab.FILE), ReviewLab.source());
    Path run = Files.writeString(directory.resolve("Run.java"), RUN);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), trainer.toString(), run.toString());
    assertEquals(0, exit);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      String after = (String) classes.loadClass("Run").getMethod("run").invoke(null);
      assertTrue(!after.contains("NaN") && after.matches(".*[1-9].*"), after);
    }
  }

  private static AnswerSheet key() {
    Map<String, String> answers = new LinkedHashMap<>();
    int claim = 1;
    for (ReviewLab.Fault fault : ReviewLab.faults()) {
      String source = ReviewLab.source();
      int at = source.indexOf(fault.places().get(0));
      long line = source.substring(0, at).lines().count();
      answers.put(claim + " line", String.valueOf(line));
      answers.put(claim + " kind", fault.kind());
      answers.put(claim + " evidence", fault.what());
      claim++;
    }
    return new AnswerSheet(Path.of("answers.yaml"), answers);
  }

  @Test
  void everyPlaceIsInTheFile() {
    for (ReviewLab.Fault fault : ReviewLab.faults()) {
      for (String place : fault.places()) {
        assertTrue(ReviewLab.source().contains(place), fault.kind() + ": " + place);
      }
    }
  }

  @Test
  void theKeyGetsAllTenPoints() {
    GradedQuestion review = ReviewLab.judge(key());
    assertEquals(List.of("10 of 10 faults found"), review.feedback());
    assertEquals(10, review.points());
    assertEquals(10, review.most());
  }

  @Test
  void aWrongClaimCostsAndAnotherNameForALineIsWrong() {
    Map<String, String> answers = key().answers();
    answers.put("1 kind", "softmax-overflow");
    answers.put("2 evidence", "looks wrong");
    answers.put("11 kind", "k1-in-the-loss");
    answers.put("11 line", "7");
    GradedQuestion review = ReviewLab.judge(new AnswerSheet(Path.of("a"), answers));
    assertEquals(1 + 3, review.feedback().size(), review.feedback()::toString);
    assertEquals(8 - 3, review.points());
  }

  @Test
  void anEmptySheetIsWorthNothing() throws IOException {
    Path sheet = Files.writeString(directory.resolve("answers.yaml"), ReviewLab.sheet());
    assertEquals(0, ReviewLab.judge(AnswerSheet.read(sheet)).points());
  }

  @Test
  void everyKindIsOnThePageWithOthers() throws IOException {
    String page = Files.readString(Path.of("docs/course/labs/12-review-this-trainer.md"));
    for (ReviewLab.Fault fault : ReviewLab.faults()) {
      assertTrue(page.contains("| `" + fault.kind() + "` |"), fault.kind());
    }
    assertTrue(page.lines().filter(line -> line.startsWith("| `")).count() >= 15);
  }
}
