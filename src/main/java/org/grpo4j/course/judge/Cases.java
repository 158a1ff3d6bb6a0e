package org.grpo4j.course.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.math.RandomStreams.Purpose;

/**
 * The cases of a question: a few that show most, the smallest first, then drawn ones that grow.
 *
 * @param byHand in the order in which they are tried
 * @param draw makes one of a size from 2 to 8
 */
record Cases<I extends Inputs>(List<I> byHand, BiFunction<SplittableRandom, Integer, I> draw) {

  private static final int DRAWN = 28;
  private static final int OF_EACH_SIZE = 4;

  /** All cases under this seed. */
  List<I> all(long seed, Question question) {
    List<I> cases = new ArrayList<>(byHand);
    RandomStreams streams = new RandomStreams(seed);
    long key = question.title().hashCode();
    for (int i = 0; i < DRAWN; i++) {
      SplittableRandom random = streams.stream(Purpose.COURSE_CASES, question.lab(), key, i);
      cases.add(draw.apply(random, 2 + i / OF_EACH_SIZE));
    }
    return cases;
  }
}
