package org.grpo4j.course.judge;

import java.util.Optional;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.TokenTable;

/**
 * A claim about every right answer.
 *
 * @param claim {@code advantages of a group must sum to 0}
 * @param measure finds what is the case instead: {@code yours sum to 0.8}
 */
record Property<I extends Inputs>(String claim, Measure<I> measure) {

  /** A measurement on one answer; it may ask the pieces for more. */
  interface Measure<I> {
    Optional<String> fault(Pieces pieces, I in, TokenTable yours);
  }

  /** The claim and what is the case instead, if it is broken. */
  Optional<String> broken(Pieces pieces, I in, TokenTable yours) {
    try {
      return measure.fault(pieces, in, yours).map(found -> claim + ": " + found);
    } catch (RuntimeException e) {
      // A submission may fail where only a property asks; then this one says nothing.
      return Optional.empty();
    }
  }
}
