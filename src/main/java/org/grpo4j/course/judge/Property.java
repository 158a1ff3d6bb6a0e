package org.grpo4j.course.judge;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.TokenTable;

/**
 * A claim about every right answer.
 *
 * @param claim {@code advantages of a group must sum to 0: yours sum to {yours}}; also with {@code
 *     {right}}
 * @param measure finds the two numbers
 */
record Property<I extends Inputs>(String claim, Measure<I> measure) {

  /** A measurement on one answer; it may ask the pieces for more. */
  interface Measure<I> {
    Gap gap(Pieces pieces, I in, TokenTable yours);
  }

  /** A claim about the first number; no gap where {@code right}, given yours, gives it back. */
  static <I extends Inputs> Property<I> ofNumber(
      String claim, ToDoubleBiFunction<I, Double> right) {
    return new Property<>(
        claim,
        (pieces, in, yours) -> {
          double number = yours.get(0, 0);
          return Gap.of(right.applyAsDouble(in, number), number);
        });
  }

  /** A masked token has 0. */
  static <I extends Inputs> Property<I> masked(Function<I, TokenTable> mask) {
    return new Property<>(
        "a masked token must get 0: yours has {yours}",
        (pieces, in, yours) -> new Gap(Rows.masked(yours, mask.apply(in)), yours));
  }

  /** The claim, filled, if it is broken. */
  Optional<String> broken(Pieces pieces, I in, TokenTable yours) {
    try {
      return measure.gap(pieces, in, yours).fill(claim);
    } catch (RuntimeException e) {
      // A submission may fail where only a property asks; then this one says nothing.
      return Optional.empty();
    }
  }
}
