package org.grpo4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.sweep.PlannedRun;
import org.grpo4j.experiment.sweep.RunOutcome;
import org.grpo4j.experiment.sweep.SweepEngine;
import org.grpo4j.experiment.sweep.SweepEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers with a core each, all processes of this machine. */
class StandaloneClusterTest {

  private static final int RUNS = 8;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.executor.memory", "512m",
          "spark.extraListeners", FailedTasks.class.getName());

  @TempDir Path directory;

  private final List<Process> processes = new ArrayList<>();
  private String master = "";

  @BeforeEach
  void startCluster() throws IOException {
    SETTINGS.forEach(System::setProperty);
    FailedTasks.COUNT.set(0);
    Files.createDirectories(directory.resolve("home/jars")); // where a worker looks for Spark
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    master = "spark://127.0.0.1:" + port;
    start("master.Master", "--port", Integer.toString(port));
    for (int i = 1; i <= 2; i++) {
      String work = directory.resolve("work" + i).toString();
      start("worker.Worker", "--cores", "1", "--memory", "600m", "--work-dir", work, master);
    }
  }

  private void start(String program, String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC"));
    words.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("org.apache.spark.deploy." + program, "--host", "127.0.0.1"));
    words.addAll(List.of("--webui-port", "0"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(processes.size() + ".log").toFile());
    builder.environment().put("SPARK_HOME", directory.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    processes.add(builder.start());
  }

  @AfterEach
  void endCluster() throws InterruptedException {
    SETTINGS.keySet().forEach(System::clearProperty);
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aWorkerThatIsKilledCostsNoRun() throws IOException {
    Path file = FewSumsRuns.file(directory, "few", "");
    List<PlannedRun> planned = FewSumsRuns.planned(file, RUNS, "train.updates=60");
    Path runs = directory.resolve("runs");
    KillsWhenBothAreBusy killer = new KillsWhenBothAreBusy(processes.get(1));
    SweepEngine.Made made =
        new SparkSweep(master, 2, List.of()).run(planned, runs, () -> false, killer::see);
    assertTrue(killer.killed);
    assertFalse(made.stopped());
    assertTrue(made.outcomes().stream().allMatch(RunOutcome::succeeded), made + "");
    assertEquals(RUNS, made.outcomes().size());
    assertEquals(RUNS, FewSumsRuns.whole(runs).size());
    assertTrue(FailedTasks.COUNT.get() > 0, "its run was made again by the other worker");
  }

  /** Kills a worker, and with it its executor, when both have a run under way. */
  private static final class KillsWhenBothAreBusy {

    private final Process worker;
    private int busy;
    private int ended;
    private boolean killed;

    KillsWhenBothAreBusy(Process worker) {
      this.worker = worker;
    }

    void see(SweepEvent event) {
      busy += event instanceof SweepEvent.Started ? 1 : -1;
      ended += event instanceof RunOutcome ? 1 : 0;
      if (busy == 2 && ended > 0 && !killed) {
        killed = true;
        worker.destroyForcibly();
      }
    }
  }
}
