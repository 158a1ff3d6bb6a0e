package org.grpo4j.performance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.grpo4j.performance.Programs.Program;
import org.grpo4j.performance.Programs.Running;

/**
 * {@code peers}: a step here and elsewhere, in turn (A B A B ...), so that what slows the machine
 * down slows all of them. On one core, on two and on all there are.
 */
final class PeersPart implements Part {

  static final String OURS = "grpo4j";
  static final String AVX2 = "grpo4j, AVX2 only";
  static final String SCALAR = "grpo4j, no vectors";
  static final String LARGE = "grpo4j, 256 x 8";
  static final String ALONE = "grpo4j, a process of one worker";
  static final String BESIDE = "grpo4j, two such at a time";
  static final String LIBTORCH = "libtorch";
  static final String TORCH = "PyTorch, by hand";
  static final String TRL = "TRL";

  private static final Size LARGE_STEP = Size.DEFAULT.withPrompts(256);

  /** Updates before the timed ones: enough for the JIT on one core. */
  private static final int WARM_UP = 500;

  private static final int UPDATES = 500;
  private static final int LARGE_UPDATES = 60;
  private static final int PEER_WARM_UP = 100;
  private static final int PEER_UPDATES = 200;

  static String at(int cores) {
    return cores == 1 ? "1 core" : cores + " cores";
  }

  @Override
  public void measure(Session session) throws IOException, InterruptedException {
    session.libtorch(Size.DEFAULT, 1, 1, 1).json(); // unpacks its natives
    for (int cores : coreCounts(session.measurements().circumstances().cores())) {
      Map<String, Program> programs = programs(session, cores);
      for (int round = 1; round <= session.rounds(); round++) {
        session.say("peers, %s, round %d of %d", at(cores), round, session.rounds());
        for (Map.Entry<String, Program> program : programs.entrySet()) {
          session.time(program.getKey(), at(cores), program.getValue());
        }
        if (cores == 2 && Programs.CAN_PIN) {
          sideBySide(session);
        }
      }
    }
  }

  static Set<Integer> coreCounts(int cores) {
    Set<Integer> counts = new TreeSet<>(Set.of(1, cores));
    counts.add(Math.min(2, cores));
    return counts;
  }

  private static Map<String, Program> programs(Session session, int cores) {
    Map<String, Program> programs = new LinkedHashMap<>();
    Program ours = session.bench(Size.DEFAULT, cores, WARM_UP, UPDATES).onCores(0, cores);
    programs.put(OURS, ours);
    programs.put(LIBTORCH, session.libtorch(Size.DEFAULT, cores, PEER_WARM_UP, PEER_UPDATES));
    session.script("torch_grpo.py", cores).ifPresent(script -> programs.put(TORCH, script));
    session.script("trl_grpo.py", cores).ifPresent(script -> programs.put(TRL, script));
    programs.put(
        LARGE, session.bench(LARGE_STEP, cores, LARGE_UPDATES, LARGE_UPDATES).onCores(0, cores));
    if (cores == 1) {
      programs.put(AVX2, ours.in("GRPO4J_JAVA_OPTS", "-XX:UseAVX=2"));
      programs.put(SCALAR, ours.in("GRPO4J_JAVA_OPTS", "-XX:UseAVX=0"));
    }
    return programs;
  }

  /** Two processes of one worker at a time, each on a core of its own. */
  private static void sideBySide(Session session) throws IOException, InterruptedException {
    Program alone = session.bench(Size.DEFAULT, 1, WARM_UP, UPDATES);
    session.time(ALONE, at(2), alone.onCores(0, 1));
    Running other = alone.onCores(1, 1).start();
    session.time(BESIDE, at(2), alone.onCores(0, 1));
    session.measurements().add(BESIDE, at(2), other.json());
  }
}
