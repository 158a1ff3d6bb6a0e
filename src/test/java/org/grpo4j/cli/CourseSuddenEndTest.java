package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.grpo4j.course.sandbox.StudentProject;
import org.grpo4j.experiment.sweep.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The course's processes die with the one that started them, though it is killed by SIGKILL. */
@DisabledOnOs(OS.WINDOWS)
class CourseSuddenEndTest {

  private static final long START_SECONDS = 60;
  private static final long END_MILLIS = 4_000;
  private static final int NESTED = 30;

  @TempDir Path directory;

  /**
   * Each lambda is tried as an argument of three methods, with all that is in it: 3 to the 30th.
   */
  @Test
  void theCompilerThatIsKeptBusy() throws Exception {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < NESTED; i++) {
      calls.append("f(x").append(i).append(" -> { ");
    }
    calls.append("return null; });").append(" return null; });".repeat(NESTED - 1));
    StudentProject project = lab1();
    project.having(
        "static void f(java.util.function.IntFunction<?> it) {}\n"
            + "static void f(java.util.function.LongFunction<?> it) {}\n"
            + "static void f(java.util.function.DoubleFunction<?> it) {}\n"
            + ("static void busy() { " + calls + " }\n"));
    diesWithItsParent("SubmissionCompiler", "course", "check", project.directory().toString());
  }

  @Test
  void theSubmissionWithoutEnd() throws Exception {
    StudentProject project = lab1().doing("while (true) {}");
    diesWithItsParent("SubmissionServer", "course", "check", project.directory().toString());
  }

  @Test
  void theProgramWithABug() throws Exception {
    String project = directory.resolve("project").toString();
    diesWithItsParent("java", "course", "start", "10", project, "--student", "ada");
  }

  private StudentProject lab1() throws IOException {
    StudentProject project = StudentProject.solved(directory.resolve("project"));
    Files.writeString(project.directory().resolve("lab.yaml"), "lab: \"1\"\nstudent: ada\n");
    return project;
  }

  private void diesWithItsParent(String child, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(JavaCommand.ofThisProcess(Main.class.getName()).words());
    words.add(1, "-Djava.io.tmpdir=" + directory);
    words.addAll(List.of(arguments));
    Path log = directory.resolve("log");
    Process parent =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    List<ProcessHandle> children = List.of();
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
      while (parent.descendants().noneMatch(one -> isJava(one, child))) {
        assertTrue(parent.isAlive() && System.nanoTime() < end, Files.readString(log));
        Thread.sleep(20);
      }
      Thread.sleep(500); // now it is at work
      children = parent.descendants().toList();
      assertTrue(children.stream().anyMatch(one -> isJava(one, child)), "it is gone already");
      parent.destroyForcibly();
      for (ProcessHandle one : children) {
        one.onExit().get(END_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      parent.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isJava(ProcessHandle process, String program) {
    String line = process.info().commandLine().orElse("");
    return line.contains(program) && !line.startsWith("unshare") && !line.contains("/unshare");
  }
}
