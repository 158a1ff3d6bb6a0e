package org.grpo4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The updates of a run that are meant, as options that exclude each other. */
final class UpdateSelection {

  @Option(
      names = "--update",
      paramLabel = "U",
      split = ",",
      description = "These updates, the first being 0: 57 or 3,57,190.")
  List<Integer> updates = new ArrayList<>();

  @Option(names = "--random", paramLabel = "N", description = "So many, drawn at random.")
  private @Nullable Integer random;

  @Option(names = "--all", description = "All of them.")
  private boolean all;

  /** Whether all are meant. */
  boolean isAll() {
    return all;
  }

  /** Those of {@code traced} that are meant, ascending. */
  List<Integer> of(List<Integer> traced) {
    if (traced.isEmpty() && updates.isEmpty()) {
      throw new UsageException("the trace holds no update yet\n  Wait for one, or train again.");
    }
    if (random != null) {
      UsageException.unlessWithin("--random", random, 1, traced.size());
    }
    if (all) {
      return traced;
    }
    return new ArrayList<>(new TreeSet<>(random == null ? updates : draw(random, traced)));
  }

  /** Of these; others every time, and the result says which. */
  private static List<Integer> draw(int count, List<Integer> traced) {
    SplittableRandom generator = new SplittableRandom(System.nanoTime());
    List<Integer> left = new ArrayList<>(traced);
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(left.remove(generator.nextInt(left.size())));
    }
    return drawn;
  }
}
