package org.grpo4j.performance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.performance.Programs.Program;

/**
 * The programs that a part may time, and where its measurements go.
 *
 * @param home the checkout
 * @param libtorch class path of libtorch
 * @param classes directory of this program's own classes
 * @param python a Python that has torch, if there is one
 * @param measurements where numbers are added
 */
record Session(
    Path home, String libtorch, Path classes, Optional<String> python, Measurements measurements) {

  private static final String STEP = "step_seconds";

  int rounds() {
    return measurements.rounds();
  }

  /** Runs a program that prints a JSON object, keeps the numbers of it, and says so. */
  JsonNode time(String subject, String at, Program program)
      throws IOException, InterruptedException {
    JsonNode printed = program.json();
    measurements.add(subject, at, printed);
    say("%s, %s: step %.2f ms", subject, at, 1e3 * printed.path(STEP).asDouble());
    return printed;
  }

  void say(String format, Object... arguments) {
    System.out.printf(format + "%n", arguments);
  }

  Program grpo4j(String... arguments) {
    return Programs.grpo4j(home, arguments);
  }

  /** {@code bench} on steps of full length, not pinned yet. */
  Program bench(Size size, int workers, int warmup, int updates) {
    List<String> words = new ArrayList<>(List.of("bench", "--force-length", "--json"));
    words.add("--workers=" + workers);
    words.add("--warm-up=" + warmup);
    words.add("--updates=" + updates);
    words.addAll(size.settings(classes));
    return grpo4j(words.toArray(String[]::new));
  }

  /** The same step on libtorch. */
  Program libtorch(Size size, int threads, int warmup, int updates) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-cp", libtorch, peer("LibtorchGrpo.java")));
    words.add("threads=" + threads);
    words.add("warmup=" + warmup);
    words.add("updates=" + updates);
    words.addAll(size.arguments());
    // Threads that spin while they wait keep the JVM from its own cores.
    return new Program(words, Map.of("OMP_NUM_THREADS", "" + threads, "OMP_WAIT_POLICY", "passive"))
        .onCores(0, threads);
  }

  /** A script of {@code experiments/performance/peers}; empty without a Python. */
  Optional<Program> script(String name, int threads) {
    return python.map(
        interpreter ->
            new Program(
                    List.of(interpreter, peer(name), "--threads=" + threads),
                    Map.of("OMP_NUM_THREADS", "" + threads))
                .onCores(0, threads));
  }

  private String peer(String name) {
    return home.resolve("experiments/performance/peers").resolve(name).toString();
  }
}
