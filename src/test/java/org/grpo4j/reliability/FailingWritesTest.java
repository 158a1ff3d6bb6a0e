package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.grpo4j.cli.Cli;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that refuses is named, what is on it stays whole, and the run goes on afterwards. */
class FailingWritesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void anyOperationFailsOnce(TinyRuns.Kind kind) throws IOException {
    Tally tally = Tally.of("one operation on the disk fails");
    Episode episode = new Episode(directory, kind);
    List<String> operations = episode.operations();
    for (int at : KillsTest.positions(operations, 2 + kind.ordinal())) {
      for (boolean half : KillsTest.halves(operations.get(at - 1))) {
        one(tally, episode, new Medium(Medium.Fault.FAILS, at, half));
      }
    }
    tally.conclude();
  }

  @ParameterizedTest
  @EnumSource
  void theDiskIsFull(TinyRuns.Kind kind) throws IOException {
    Tally tally = Tally.of("the disk is full from an operation on");
    Episode episode = new Episode(directory, kind);
    for (int at : KillsTest.positions(episode.operations(), 7 + kind.ordinal())) {
      one(tally, episode, new Medium(Medium.Fault.FULL, at, true));
    }
    tally.conclude();
  }

  private static void one(Tally tally, Episode episode, Medium medium) throws IOException {
    episode.startAgain();
    Cli cli = episode.goOn(medium);
    String answer = medium.happened() && cli.exitCode() != 0 ? answer(cli) : "";
    String end = answer.isEmpty() ? episode.finish() : answer;
    tally.add(medium.happened() ? medium.where() : "no fault", end);
  }

  private static String answer(Cli cli) {
    String problem = Answers.problem(cli, List.of(2));
    return problem.isEmpty()
            && !cli.err().matches("(?is).*(the disk reports an error|the disk is full).*")
        ? "the reason is not said: " + cli.err()
        : problem;
  }
}
