package org.grpo4j.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SweepProgressTest {

  private final PlannedRun quickOne = SweepTestRuns.run("quick", 1);
  private final PlannedRun quickTwo = SweepTestRuns.run("quick", 2);
  private final PlannedRun slowOne = SweepTestRuns.run("slow", 1);
  private final PlannedRun slowTwo = SweepTestRuns.run("slow", 2);
  private final SweepProgress progress =
      new SweepProgress(List.of(quickOne, quickTwo, slowOne, slowTwo), 1);

  @Test
  void nothingIsKnownBeforeARunHasEndedWell() {
    assertTrue(progress.remainingSeconds(0).isEmpty());
    start(quickOne, 0);
    end(quickOne, 1, 3, 3);
    assertTrue(progress.remainingSeconds(3).isEmpty());
  }

  @Test
  void oneWorkerAtATime() {
    start(quickOne, 0);
    end(quickOne, 0, 10, 10);
    assertEquals(30, progress.remainingSeconds(10).orElseThrow());
    start(quickTwo, 10);
    assertEquals(26, progress.remainingSeconds(14).orElseThrow());
    end(quickTwo, 0, 20, 30);
    start(slowOne, 30);
    end(slowOne, 0, 60, 90);
    assertEquals(60, progress.remainingSeconds(90).orElseThrow());
    start(slowTwo, 90);
    assertEquals(0, progress.remainingSeconds(500).orElseThrow());
    assertEquals(List.of(slowTwo), progress.running());
  }

  @Test
  void twoAtATimeShareTheWorkButNeverBeatTheLongestRun() {
    SweepProgress two = new SweepProgress(List.of(quickOne, quickTwo, slowOne), 2);
    two.on(new SweepEvent.Started(quickOne), 0);
    two.on(new SweepEvent.Started(quickTwo), 0);
    two.on(SweepTestRuns.ended(quickOne, 0, 10), 10);
    two.on(new SweepEvent.Started(slowOne), 10);
    assertEquals(10, two.remainingSeconds(10).orElseThrow());
  }

  private void start(PlannedRun run, double at) {
    progress.on(new SweepEvent.Started(run), at);
  }

  private void end(PlannedRun run, int exitCode, double seconds, double at) {
    progress.on(SweepTestRuns.ended(run, exitCode, seconds), at);
  }
}
