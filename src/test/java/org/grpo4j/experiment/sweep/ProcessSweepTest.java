package org.grpo4j.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessSweepTest {

  private static final JavaCommand CHILD = JavaCommand.ofThisProcess(SweepChild.class.getName());

  @TempDir Path runs;

  @Test
  void aRunThatFailsDoesNotStopTheOthers() throws Exception {
    List<SweepEvent> events = Collections.synchronizedList(new ArrayList<>());
    ProcessSweep sweep = new ProcessSweep(CHILD, runs, 2, () -> false, events::add);
    List<RunOutcome> outcomes =
        sweep.run(
            List.of(
                SweepTestRuns.run("GRPO", 2),
                SweepTestRuns.run("GRPO", 3),
                SweepTestRuns.run("Dr. GRPO", 4)));
    assertEquals(List.of(0, 3, 0), outcomes.stream().map(RunOutcome::exitCode).toList());
    assertTrue(Files.readString(outcomes.get(1).log()).contains("no such luck"));
    assertEquals("Dr.-GRPO__4__hash.log", outcomes.get(2).log().getFileName().toString());
    assertTrue(
        Files.readString(outcomes.get(2).log())
            .contains("train " + runs.resolve(".sweep/Dr.-GRPO__4__hash.yaml") + " --out " + runs));
    assertFalse(log(outcomes.get(0)).contains("trace.groups"), "the first seed keeps its trace");
    assertTrue(log(outcomes.get(2)).contains("--set trace.groups=0"));
    assertTrue(log(outcomes.get(0)).contains("parent sweep"));
    assertEquals(3, events.stream().filter(SweepEvent.Started.class::isInstance).count());
    assertEquals(3, events.stream().filter(RunOutcome.class::isInstance).count());
  }

  private static String log(RunOutcome outcome) throws IOException {
    return Files.readString(outcome.log());
  }

  @Test
  void stoppingEndsWhatRunsAndStartsNothingMore() {
    CompletableFuture<PlannedRun> started = new CompletableFuture<>();
    AtomicBoolean stop = new AtomicBoolean();
    ProcessSweep sweep =
        new ProcessSweep(
            CHILD,
            runs,
            1,
            stop::get,
            event -> {
              if (event instanceof SweepEvent.Started first) {
                started.complete(first.run());
              }
            });
    CompletableFuture<List<RunOutcome>> outcomes =
        CompletableFuture.supplyAsync(
            () -> sweep.run(List.of(SweepTestRuns.run("x", 9), SweepTestRuns.run("x", 2))));
    started.join();
    stop.set(true);
    List<RunOutcome> ended = outcomes.join();
    assertEquals(1, ended.size());
    assertNotEquals(0, ended.get(0).exitCode());
    assertFalse(ended.get(0).succeeded());
    assertTrue(sweep.isStopped());
  }

  @Test
  void debuggersAndAgentsAreNotInherited() {
    assertTrue(CHILD.words().stream().noneMatch(word -> word.startsWith("-javaagent")));
    assertTrue(CHILD.words().contains("--add-modules=jdk.incubator.vector"));
  }
}
