package org.grpo4j.course.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.report.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submissions that mean harm: each is one line of the report, and the next question is asked. */
class HostileSubmissionTest {

  private static final Limits LIMITS = new Limits(1_000, 60_000, 128, 1_000_000);
  private static final DoubleVector REWARDS = DoubleVector.of(1, 0, 0, 1);
  private static final RowGroups GROUPS = RowGroups.consecutive(4, 4);
  private static final Path PAGE = Path.of("docs/course/hostile.md");
  private static final String MARK = "<!-- written by HostileSubmissionTest -->\n\n";
  private static final String MARKER = "98765.25";

  @TempDir Path directory;

  private final Table table =
      new Table()
          .row("attack", "line in the report", "prevented by", "not prevented without a container");

  private final List<String> unexpected = new ArrayList<>();
  private int made;

  @Test
  void everyAttackEndsAsOneLine() throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "still here");
    try (ServerSocket socket = new ServerSocket(0)) {
      socket.setSoTimeout(1);
      for (Attack attack : Attack.all(victim.toString(), socket.getLocalPort(), MARKER)) {
        check(attack);
      }
      assertEquals(List.of(), unexpected);
      assertEquals("still here", Files.readString(victim));
      assertThrows(IOException.class, socket::accept, "a submission has come through");
    }
    assertFalse(
        ProcessHandle.allProcesses()
            .anyMatch(one -> one.info().commandLine().orElse("").contains(MARKER)),
        "a submission's process lives on");
    compareWithPage();
  }

  /** The table between the page's two marks. */
  private void compareWithPage() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(MARK) + MARK.length();
    String written =
        page.substring(0, from) + table.markdown() + page.substring(page.indexOf(MARK, from));
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, written);
    }
    assertEquals(
        written,
        Files.readString(PAGE),
        "run ./mvnw test -Dtest=HostileSubmissionTest -Ddocs.update=true");
  }

  private void check(Attack attack) throws IOException {
    Path place = Files.createDirectories(directory.resolve(made++ + ""));
    StudentProject project = StudentProject.solved(place.resolve("project"));
    attack.change().of(project);
    String line;
    try {
      Submission submission = Submission.compile(project.directory(), StudentProject.STUBS, place);
      if (!attack.behindTheGate().isEmpty()) {
        String behind = line(attack, submission);
        expect(behind.matches(attack.behindTheGate()), attack.name() + ", unseen: " + behind);
      }
      submission.check(StudentProject.STUBS);
      line = line(attack, submission);
    } catch (SubmissionException e) {
      line = e.getMessage();
    }
    expect(line.matches(attack.line()), attack.name() + ": " + line);
    table.row(
        attack.name(),
        line.isEmpty()
            ? "full points: the answer is what it would be without"
            : line.replaceAll("x{9,}", "xxx"),
        attack.prevention(),
        attack.rest());
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      unexpected.add(otherwise);
    }
  }

  /** The failure of the first lab's advantages; empty if they are as right as ever. */
  private static String line(Attack attack, Submission submission) {
    String line = "";
    try (RemotePieces remote = new RemotePieces(submission, LIMITS)) {
      try {
        assertEquals(
            Pieces.LIBRARY.advantages(REWARDS, GROUPS),
            remote.pieces().advantages(REWARDS, GROUPS));
      } catch (SubmissionException e) {
        line = e.getMessage();
      }
      assertEquals(
          Pieces.LIBRARY.leaveOneOut(REWARDS, GROUPS),
          remote.pieces().leaveOneOut(REWARDS, GROUPS),
          attack.name());
      assertTrue(remote.printed().chars().noneMatch(one -> one < ' ' && one != '\n'));
    }
    return line;
  }
}
