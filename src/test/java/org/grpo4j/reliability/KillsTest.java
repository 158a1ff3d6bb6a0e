package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that was killed is finished to the bytes of one that was not. */
class KillsTest {

  /** Operations that a resumed run begins with. */
  private static final int GOING_BACK = 30;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void atAnyOperation(TinyRuns.Kind kind) throws IOException {
    Tally tally = Tally.of("killed at an operation on the disk");
    Episode episode = new Episode(directory, kind);
    List<String> operations = episode.operations();
    for (int at : positions(operations, kind.ordinal())) {
      for (boolean half : halves(operations.get(at - 1))) {
        one(tally, episode, new Medium(Medium.Fault.KILLED, at, half));
      }
    }
    tally.conclude();
  }

  @ParameterizedTest
  @EnumSource
  void whenWhatWasNotSyncedIsLost(TinyRuns.Kind kind) throws IOException {
    Tally tally = Tally.of("power cut at an operation, what was not synced lost");
    Episode episode = new Episode(directory, kind);
    for (int at : positions(episode.operations(), 5 + kind.ordinal())) {
      one(tally, episode, new Medium(Medium.Fault.POWER_CUT, at, true));
    }
    tally.conclude();
  }

  @ParameterizedTest
  @EnumSource
  void againWhileItIsResumed(TinyRuns.Kind kind) throws IOException {
    Tally tally = Tally.of("killed two to four times, in resuming too");
    Episode episode = new Episode(directory, kind);
    int most = episode.operations().size();
    SplittableRandom random = new SplittableRandom(kind.ordinal());
    for (int i = 0; i < Tally.count(150); i++) {
      Medium[] media = new Medium[2 + random.nextInt(3)];
      for (int j = 0; j < media.length; j++) {
        int at = 1 + random.nextInt(j == 0 ? most : most / 2);
        media[j] = new Medium(Medium.Fault.KILLED, at, random.nextBoolean());
      }
      one(tally, episode, media);
    }
    tally.conclude();
  }

  /** What was entered and not done is settled first, before anything else is entered. */
  @ParameterizedTest
  @EnumSource
  void beforeARenameAndAgainInGoingBack(TinyRuns.Kind kind) throws IOException {
    Tally tally = Tally.of("killed before a rename, and again in going back");
    Episode episode = new Episode(directory, kind);
    List<String> operations = episode.operations();
    int number = kind.ordinal();
    for (int at = 1; at <= operations.size(); at++) {
      for (int next = 1;
          operations.get(at - 1).startsWith("RENAME") && next <= GOING_BACK;
          next++) {
        if (number++ % (Tally.full() ? 1 : 80) == 0) {
          Medium rename = new Medium(Medium.Fault.KILLED, at, false);
          one(tally, episode, rename, new Medium(Medium.Fault.KILLED, next, false));
        }
      }
    }
    tally.conclude();
  }

  private static void one(Tally tally, Episode episode, Medium... media) throws IOException {
    episode.startAgain();
    StringBuilder where = new StringBuilder();
    for (Medium medium : media) {
      episode.goOn(medium);
      where.append(medium.where()).append("; ");
    }
    boolean cut = where.indexOf(Medium.Fault.POWER_CUT.name()) >= 0;
    tally.add(where.toString(), cut ? episode.finishWhatIsLeft() : episode.finish());
  }

  /** A write may get half of its bytes in; nothing else can be done by halves. */
  static List<Boolean> halves(String operation) {
    return operation.startsWith("WRITE") ? List.of(false, true) : List.of(false);
  }

  /**
   * The operations to stop at: every one, but of a file written piece by piece the first two, one
   * in the middle and the last; a tenth of these in the ordinary build.
   */
  static List<Integer> positions(List<String> operations, int first) {
    TreeSet<Integer> all = new TreeSet<>();
    int begin = 0;
    for (int i = 1; i <= operations.size(); i++) {
      if (i == operations.size() || !operations.get(i).equals(operations.get(begin))) {
        all.addAll(List.of(begin + 1, Math.min(begin + 2, i), (begin + i) / 2 + 1, i));
        begin = i;
      }
    }
    all.removeIf(at -> at > operations.size());
    List<Integer> list = List.copyOf(all);
    int step = Tally.full() ? 1 : 10;
    return list.stream().filter(at -> (list.indexOf(at) + first) % step == 0).toList();
  }
}
