package org.grpo4j.performance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * {@code growth}: a step on one core as one of its sizes grows, here and on libtorch in turn. Small
 * steps are measured more often than large ones.
 */
final class GrowthPart implements Part {

  /** Prompts of an update of a table, to see nothing that is quadratic. */
  static final List<Integer> MANY_PROMPTS = List.of(16_384, 32_768, 65_536);

  static final String TABLE = "grpo4j, a table";

  private static final int OFTEN = 3;
  private static final int SELDOM = 2;
  private static final int SMALL_WORK = 4;

  /** Updates of the default size that warm up, and that are timed: two to three seconds. */
  private static final int UPDATES = 300;

  private static final int LEAST_UPDATES = 3;
  private static final String HEAP = "-Xmx2g";

  /** What grows, each from small to large. */
  static Map<String, List<Size>> axes() {
    Map<String, List<Size>> axes = new LinkedHashMap<>();
    axes.put("completions", sizes(Size.DEFAULT::withPrompts, 8, 16, 32, 64, 128, 256, 512, 1024));
    axes.put("width", sizes(Size.DEFAULT::withWidth, 32, 48, 64, 96, 128, 192, 256));
    axes.put("layers", sizes(Size.DEFAULT::withLayers, 1, 2, 3, 4));
    axes.put("length", sizes(Size.DEFAULT::withLength, 8, 16, 32, 64));
    return axes;
  }

  private static List<Size> sizes(IntFunction<Size> size, int... values) {
    return IntStream.of(values).mapToObj(size).toList();
  }

  static String at(Size size) {
    return "%d x %d, width %d, layers %d, length %d"
        .formatted(size.prompts(), size.group(), size.width(), size.layers(), size.length());
  }

  static String atTable(int prompts) {
    return prompts + " x 2";
  }

  @Override
  public void measure(Session session) throws IOException, InterruptedException {
    Set<Size> sizes = new LinkedHashSet<>();
    axes().values().forEach(sizes::addAll);
    session.libtorch(Size.DEFAULT, 1, 1, 1).json(); // unpacks its natives
    for (int round = 1; round <= OFTEN; round++) {
      session.say("growth, round %d of %d", round, OFTEN);
      for (Size size : sizes) {
        if (round <= SELDOM || size.work() < SMALL_WORK) {
          pair(session, size);
        }
      }
      for (int prompts : MANY_PROMPTS) {
        table(session, prompts);
      }
    }
  }

  private static void pair(Session session, Size size) throws IOException, InterruptedException {
    int updates = (int) Math.max(LEAST_UPDATES, UPDATES / size.work());
    session.time(
        PeersPart.OURS,
        at(size),
        session.bench(size, 1, updates, updates).onCores(0, 1).in("GRPO4J_JAVA_OPTS", HEAP));
    int seen = Math.max(LEAST_UPDATES, updates / 4);
    session.time(PeersPart.LIBTORCH, at(size), session.libtorch(size, 1, seen / 2, seen));
  }

  private static void table(Session session, int prompts) throws IOException, InterruptedException {
    session.time(
        TABLE,
        atTable(prompts),
        session
            .grpo4j(
                "bench",
                "--json",
                "--workers=1",
                "--warm-up=10",
                "--updates=5",
                "--set=task=few-sums",
                "--set=model=table",
                "--set=cold_start.steps=0",
                "--set=train.group_size=2",
                "--set=train.prompts=" + prompts)
            .onCores(0, 1)
            .in("GRPO4J_JAVA_OPTS", HEAP));
  }
}
