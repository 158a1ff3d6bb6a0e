package org.grpo4j.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;

/**
 * The problems of a task in two parts without overlap. The order is shuffled by a seed that is part
 * of the program, not of the run: all runs of a task train and test on the same problems, so their
 * accuracies can be compared.
 *
 * @param training the problems to train on
 * @param heldOut the problems that are only asked in evaluations
 */
record TrainTestSplit(List<Problem> training, List<Problem> heldOut) {

  private static final RandomStreams FIXED = new RandomStreams(1234);

  TrainTestSplit {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Shuffles {@code problems} and holds out the first of them.
   *
   * @param problems all problems, each once
   * @param heldOutShare how large a part is held out, in [0, 1); rounded to the nearest problem
   */
  static TrainTestSplit of(List<Problem> problems, double heldOutShare) {
    if (!(heldOutShare >= 0 && heldOutShare < 1)) {
      throw new IllegalArgumentException(
          "heldOutShare: must be at least 0 and below 1, got " + heldOutShare);
    }
    List<Problem> shuffled = shuffle(problems, FIXED.stream(Purpose.HELD_OUT_SPLIT));
    int heldOut = (int) Math.round(problems.size() * heldOutShare);
    return new TrainTestSplit(
        shuffled.subList(heldOut, shuffled.size()), shuffled.subList(0, heldOut));
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
