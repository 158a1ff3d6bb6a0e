package org.grpo4j.course.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.grpo4j.course.catalogue.ObjectiveSettings;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.objective.RatioRow;
import org.grpo4j.task.TokenSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values go into a submission's process and come back as they were, to the last bit. */
class RemotePiecesTest {

  private static final TokenTable TABLE =
      TokenTable.of(new double[][] {{-0.1, -0.0, Math.nextUp(-3.3)}, {-1e-300}, {}});
  private static final TokenTable MASK = TokenTable.constant(TABLE.lengths(), 1);

  @TempDir Path directory;

  private RemotePieces remote(StudentProject project) throws IOException {
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    return new RemotePieces(
        Submission.prepare(project.directory(), StudentProject.STUBS, scratch), Limits.STANDARD);
  }

  @Test
  void everyKindOfValueIsTheSameOnBothSides() throws IOException {
    try (RemotePieces remote = remote(StudentProject.solved(directory))) {
      RowGroups groups = RowGroups.of(7, 2, 7);
      DoubleVector rewards = DoubleVector.of(0.1 + 0.2, Double.NaN, -1e300);
      ObjectiveInputs inputs =
          ObjectiveInputs.of(TABLE, TABLE.times(1.1), TABLE.times(-1), MASK, groups)
              .withReference(TABLE.times(0.9));
      same(remote, pieces -> pieces.advantages(rewards, groups));
      same(remote, pieces -> pieces.groups(4, 2));
      same(remote, pieces -> pieces.mask(TokenSequence.of(3, 0, 1, 0)));
      same(remote, pieces -> pieces.ratios(new RatioRow(TABLE.row(0), TABLE.row(0), MASK.row(0))));
      same(remote, pieces -> pieces.surrogateLoss(Double.POSITIVE_INFINITY, -1, 0.2, 0.2));
      same(remote, pieces -> pieces.surrogateSlope(-0.0, Double.NaN, 0.2, 0.2));
      same(remote, pieces -> pieces.promptOfRow(5, 2, 4));
      same(remote, pieces -> pieces.weights(MASK, groups));
      same(
          remote,
          pieces -> pieces.objective(new ObjectiveSettings(0.2, 0.3, 0.01, 0, true), inputs));
      double[] logits = {1, 2, Math.PI};
      assertArrayEquals(
          Pieces.LIBRARY.logProbs(logits, 0.7), remote.pieces().logProbs(logits, 0.7));
    }
  }

  private static void same(RemotePieces remote, Function<Pieces, Object> piece) {
    assertEquals(piece.apply(Pieces.LIBRARY), piece.apply(remote.pieces()));
  }

  @Test
  void whoWritesDifferentlyIsNotRefused() throws IOException {
    StudentProject project =
        StudentProject.solved(directory)
            .write(
                "mine/Helper.java",
                """
                package mine;
                import java.util.*;
                import java.util.stream.*;
                public final class Helper {
                  enum Size { SMALL, LARGE }
                  record Pair(int a, double b) {}
                  public static String text(double x) {
                    Size size = x > 1 ? Size.LARGE : Size.SMALL;
                    var map = new TreeMap<Size, List<Pair>>(Comparator.reverseOrder());
                    map.computeIfAbsent(size, s -> new ArrayList<>()).add(new Pair(1, x));
                    double sum = DoubleStream.of(1, 2, x).map(Math::exp).sum();
                    assert sum > 0 : "positive";
                    switch (size) {
                      case SMALL -> System.out.printf(Locale.ROOT, "%.3f%n", sum);
                      default -> System.out.println(map + " " + IntStream.range(0, 3).boxed()
                          .collect(Collectors.toMap(i -> "k" + i, i -> i * i)));
                    }
                    return String.format("%s %s", size, Optional.of(sum).map(Object::toString).get());
                  }
                }
                """)
            .doing("mine.Helper.text(0.5);");
    try (RemotePieces remote = remote(project)) {
      same(remote, pieces -> pieces.advantages(DoubleVector.of(1, 0), RowGroups.of(0, 0)));
      assertEquals("11.756\n", remote.printed());
    }
  }

  @Test
  void anEndlessPieceIsNotAskedForEver() throws IOException {
    StudentProject project = StudentProject.solved(directory).doing("while (true) {}");
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    Submission submission = Submission.prepare(project.directory(), StudentProject.STUBS, scratch);
    try (RemotePieces remote = new RemotePieces(submission, new Limits(300, 60_000, 64, 0))) {
      String last = "";
      for (int i = 0; i < 5; i++) {
        last =
            assertThrows(
                    SubmissionException.class,
                    () -> remote.pieces().advantages(DoubleVector.of(1, 0), RowGroups.of(0, 0)))
                .getMessage();
      }
      assertTrue(last.contains("is not asked again"), last);
    }
  }
}
