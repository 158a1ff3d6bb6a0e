package org.grpo4j.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;

/**
 * The problems of a task in two parts without overlap, twins on the same side: whoever knows {@code
 * 85+47=} from training is not asked {@code 47+85=} in the test. The order is shuffled by a seed
 * that is part of the program, not of the run: all runs of a task train and test on the same
 * problems, so their accuracies can be compared.
 *
 * @param training the problems to train on
 * @param heldOut the problems that are only asked in evaluations; the first ones have no twins
 *     among them, so that the first {@code n} are {@code n} different questions as long as there
 *     are so many
 */
record TrainTestSplit(List<Problem> training, List<Problem> heldOut) {

  private static final RandomStreams FIXED = new RandomStreams(1234);

  TrainTestSplit {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Shuffles {@code problems} and holds out some, each with all its twins.
   *
   * @param problems all problems, each once
   * @param heldOutShare how large a part is held out, in [0, 1); rounded to the nearest problem, or
   *     below it by less than the number of a problem's twins
   * @param twinKey what a problem and its twins have in common ({@link TaskSource#twinKey})
   */
  static TrainTestSplit of(
      List<Problem> problems, double heldOutShare, Function<Problem, String> twinKey) {
    if (!(heldOutShare >= 0 && heldOutShare < 1)) {
      throw new IllegalArgumentException(
          "heldOutShare: must be at least 0 and below 1, got " + heldOutShare);
    }
    SplittableRandom random = FIXED.stream(Purpose.HELD_OUT_SPLIT);
    List<Problem> shuffled = shuffle(problems, random);
    Map<String, Integer> twins = new LinkedHashMap<>();
    problems.forEach(problem -> twins.merge(twinKey.apply(problem), 1, Integer::sum));
    // Every key is equally likely: a problem without a twin as much as six that are one question.
    Set<String> heldOutKeys = new HashSet<>();
    long free = Math.round(problems.size() * heldOutShare);
    for (String key : shuffle(List.copyOf(twins.keySet()), random)) {
      int size = twins.getOrDefault(key, 0);
      if (size <= free) {
        heldOutKeys.add(key);
        free -= size;
      }
    }
    List<Problem> training = new ArrayList<>(shuffled);
    training.removeIf(problem -> heldOutKeys.contains(twinKey.apply(problem)));
    List<Problem> heldOut = new ArrayList<>(shuffled);
    heldOut.removeIf(problem -> !heldOutKeys.contains(twinKey.apply(problem)));
    return new TrainTestSplit(training, twinsLast(heldOut, twinKey));
  }

  /** One problem of every key, then the second of those that have two, and so on. */
  static <T> List<T> twinsLast(List<T> problems, Function<T, String> twinKey) {
    Map<String, Integer> seen = new HashMap<>();
    List<List<T>> rounds = new ArrayList<>();
    for (T problem : problems) {
      int round = seen.merge(twinKey.apply(problem), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(problem);
    }
    return rounds.stream().flatMap(List::stream).toList();
  }

  /** The generator with which a task chooses its problems when it does not use all there are. */
  static SplittableRandom fixedStream(long key) {
    return FIXED.stream(Purpose.HELD_OUT_SPLIT, key);
  }

  /** Fisher and Yates: every order is equally likely. */
  private static <T> List<T> shuffle(List<T> items, SplittableRandom random) {
    List<T> shuffled = new ArrayList<>(items);
    for (int last = shuffled.size() - 1; last > 0; last--) {
      int chosen = random.nextInt(last + 1);
      T moved = shuffled.get(last);
      shuffled.set(last, shuffled.get(chosen));
      shuffled.set(chosen, moved);
    }
    return shuffled;
  }
}
