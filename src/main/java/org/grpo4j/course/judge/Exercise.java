package org.grpo4j.course.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.grpo4j.course.catalogue.Mistake;
import org.grpo4j.course.catalogue.Mistakes;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.course.judge.Finding.Fault;
import org.grpo4j.math.TokenTable;

/**
 * A question with everything that is needed to judge answers to it.
 *
 * @param ask calls the pieces; any answer is a table of numbers
 * @param cases what it is asked with
 * @param properties tried in this order where an answer is wrong
 */
record Exercise<I extends Inputs>(
    Question question,
    BiFunction<Pieces, I, TokenTable> ask,
    Cases<I> cases,
    List<Property<I>> properties) {

  /** So many wrong answers are searched for a broken property. */
  private static final int SEARCHED = 8;

  private static final double TOLERANCE = 1e-9;

  Finding judge(Pieces submission, long seed) {
    List<I> all = cases.all(seed, question);
    List<TokenTable> right = all.stream().map(in -> ask.apply(Pieces.LIBRARY, in)).toList();
    List<TokenTable> yours = new ArrayList<>();
    for (I in : all) {
      try {
        yours.add(ask.apply(submission, in));
      } catch (RuntimeException | StackOverflowError e) {
        String expected = Rows.text(right.get(yours.size()), false);
        return failed(new Fault(Rows.thrown(e), in.toString(), "no answer", expected, List.of()));
      }
    }
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!same(yours.get(i), right.get(i), all.get(i))) {
        wrong.add(i);
      }
    }
    if (wrong.isEmpty()) {
      return new Finding(question, Optional.empty());
    }
    List<Mistake> mistakes =
        Mistakes.all().stream().filter(one -> answers(one, all, right, yours)).toList();
    for (int i : wrong.subList(0, Math.min(SEARCHED, wrong.size()))) {
      Optional<String> broken = broken(submission, all.get(i), yours.get(i), right.get(i));
      if (broken.isPresent()) {
        return failed(fault(broken.get(), all.get(i), yours.get(i), right.get(i), mistakes));
      }
    }
    int first = wrong.get(0);
    String sentence = "differs from Eq. " + question.equation();
    return failed(fault(sentence, all.get(first), yours.get(first), right.get(first), mistakes));
  }

  private Finding failed(Fault fault) {
    return new Finding(question, Optional.of(fault));
  }

  private static Fault fault(
      String sentence, Inputs in, TokenTable yours, TokenTable right, List<Mistake> mistakes) {
    boolean exact = Rows.text(yours, false).equals(Rows.text(right, false));
    return new Fault(
        sentence, in.toString(), Rows.text(yours, exact), Rows.text(right, exact), mistakes);
  }

  private Optional<String> broken(Pieces submission, I in, TokenTable yours, TokenTable right) {
    if (!yours.sameShape(right)) {
      return Optional.of("the answer must have the shape of the right one");
    }
    if (Rows.finite(right) && !Rows.finite(yours)) {
      return Optional.of("every number must be finite");
    }
    return properties.stream()
        .flatMap(property -> property.broken(submission, in, yours).stream())
        .findFirst();
  }

  /** Whether a mistake has these answers in all cases, and the library does not. */
  private boolean answers(
      Mistake mistake, List<I> all, List<TokenTable> right, List<TokenTable> yours) {
    boolean differs = false;
    for (int i = 0; i < all.size(); i++) {
      TokenTable its = answer(mistake, all.get(i));
      if (!same(yours.get(i), its, all.get(i))) {
        return false;
      }
      differs |= !same(its, right.get(i), all.get(i));
    }
    return differs;
  }

  private TokenTable answer(Mistake mistake, I in) {
    try {
      return ask.apply(mistake, in);
    } catch (RuntimeException e) {
      throw new IllegalStateException(mistake + " fails on " + in, e);
    }
  }

  /** Equal up to rounding, which grows with the largest number of the answer. */
  private boolean same(TokenTable one, TokenTable expected, I in) {
    if (!one.sameShape(expected)) {
      return false;
    }
    double most = TOLERANCE * Rows.largest(expected) + in.rounding();
    for (int i = 0; i < one.rows(); i++) {
      for (int t = 0; t < one.length(i); t++) {
        double a = one.get(i, t);
        double b = expected.get(i, t);
        boolean bothAlike = a == b || (Double.isNaN(a) && Double.isNaN(b));
        if (!bothAlike && !(Math.abs(a - b) <= most)) {
          return false;
        }
      }
    }
    return true;
  }
}
