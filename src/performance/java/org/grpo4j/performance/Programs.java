package org.grpo4j.performance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.Json;

/** Processes: everything that is timed is one, so that no measurement warms up another. */
final class Programs {

  /** Whether there is {@code taskset}, which pins a process to cores (Linux). */
  static final boolean CAN_PIN =
      Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));

  private static final boolean ON_WINDOWS = File.separatorChar == '\\';

  private Programs() {}

  /**
   * A program and its options.
   *
   * @param command the words of its command line
   * @param environment variables it finds beside those of this process
   */
  record Program(List<String> command, Map<String, String> environment) {

    /** The same on {@code count} cores from {@code first} on, where that can be had. */
    Program onCores(int first, int count) {
      if (!CAN_PIN) {
        return this;
      }
      List<String> words = new ArrayList<>();
      words.addAll(List.of("taskset", "-c", first + "-" + (first + count - 1)));
      words.addAll(command);
      return new Program(words, environment);
    }

    Program in(String variable, String value) {
      return new Program(command, Map.of(variable, value));
    }

    Running start() throws IOException {
      Path output = Files.createTempFile("performance", ".out");
      Path errors = Files.createTempFile("performance", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().putAll(environment);
      return new Running(command, System.nanoTime(), builder.start(), output, errors);
    }

    /** Seconds from start to end. */
    double seconds() throws IOException, InterruptedException {
      Running running = start();
      running.finish();
      return running.seconds();
    }

    /** The JSON object that it prints last. */
    JsonNode json() throws IOException, InterruptedException {
      return start().json();
    }
  }

  /** A process that was started. */
  record Running(List<String> command, long begun, Process process, Path output, Path errors) {

    /** Seconds since the start. */
    double seconds() {
      return (System.nanoTime() - begun) / 1e9;
    }

    /**
     * What it has printed when it has ended.
     *
     * @throws IOException if it failed, with what it had to say
     */
    String finish() throws IOException, InterruptedException {
      int code = process.waitFor();
      String printed = take(output);
      String said = take(errors);
      if (code != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + code + ":\n" + said);
      }
      return printed;
    }

    JsonNode json() throws IOException, InterruptedException {
      String printed = "\n" + finish();
      return Json.parse(printed.substring(printed.lastIndexOf("\n{") + 1));
    }

    private static String take(Path file) throws IOException {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Files.delete(file);
      return text;
    }
  }

  /** {@code ./grpo4j ARGUMENTS} of this checkout. */
  static Program grpo4j(Path home, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(home.resolve(ON_WINDOWS ? "grpo4j.cmd" : "grpo4j").toAbsolutePath().toString());
    words.addAll(List.of(arguments));
    return new Program(words, Map.of());
  }
}
