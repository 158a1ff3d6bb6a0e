package org.grpo4j.course.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts Java with little around it: an empty environment, a directory of its own, a small heap,
 * and, where the system lets anybody have that, neither a network nor the sight of other processes.
 */
public final class JavaProcess {

  /** Namespaces of its own for users, network and processes; its children die with it. */
  private static final List<String> ISOLATED =
      List.of("unshare", "-rnpf", "--mount-proc", "--kill-child");

  /** The same where {@code /proc} must stay as it is, as in many containers. */
  private static final List<String> LESS_ISOLATED = List.of("unshare", "-rnpf", "--kill-child");

  private static final long PROBE_MILLIS = 10_000;

  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  private static final List<String> PREFIX =
      works(ISOLATED) ? ISOLATED : works(LESS_ISOLATED) ? LESS_ISOLATED : List.of();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> List.copyOf(ALIVE).forEach(JavaProcess::kill)));
  }

  private JavaProcess() {}

  /**
   * Starts a process.
   *
   * @param directory where it runs
   * @param memoryMebibytes its heap
   * @param arguments options of Java, its program and the program's arguments
   */
  static ProcessBuilder builder(Path directory, int memoryMebibytes, List<String> arguments) {
    List<String> command = new ArrayList<>(PREFIX);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + memoryMebibytes + "m",
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:ActiveProcessorCount=1",
            "-XX:ErrorFile=" + directory.resolve("crash.log"),
            "-Djava.io.tmpdir=" + directory,
            "-Dfile.encoding=UTF-8"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    return builder;
  }

  /** The library and what it needs for the labs, without the networks and their natives. */
  static String libraryPath() {
    return classPath(
        "org.grpo4j.course.catalogue.Pieces",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "com.fasterxml.jackson.core.JsonFactory",
        "com.fasterxml.jackson.annotation.JsonCreator",
        "com.fasterxml.jackson.datatype.jdk8.Jdk8Module",
        "org.jspecify.annotations.NullMarked");
  }

  /** The places that these classes are in. */
  static String classPath(String... classes) {
    Set<String> entries = new LinkedHashSet<>();
    for (String name : classes) {
      try {
        Class<?> one = Class.forName(name, false, JavaProcess.class.getClassLoader());
        entries.add(
            Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (ClassNotFoundException | URISyntaxException e) {
        throw new IllegalStateException("not packed with the program: " + name, e);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Starts it; should the program be interrupted, it is ended first. */
  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    ALIVE.add(process);
    return process;
  }

  /**
   * Runs it to its end.
   *
   * @return its exit code; empty if it had to be ended after this time
   */
  public static OptionalInt run(ProcessBuilder builder, long millis) throws IOException {
    Process process = start(builder);
    try {
      boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
      return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    } finally {
      kill(process);
    }
  }

  /** Ends a process and all that it has started, without asking. */
  static void kill(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    ALIVE.remove(process);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** The processor time that a process and its children have had, in milliseconds. */
  static long processorMillis(Process process) {
    long millis = 0;
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    for (ProcessHandle one : all) {
      millis += one.info().totalCpuDuration().map(time -> time.toMillis()).orElse(0L);
    }
    return millis;
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    ProcessBuilder probe = new ProcessBuilder(command).redirectErrorStream(true);
    try {
      return run(probe.redirectOutput(ProcessBuilder.Redirect.DISCARD), PROBE_MILLIS)
          .equals(OptionalInt.of(0));
    } catch (IOException e) {
      return false; // no such command: not Linux
    }
  }
}
