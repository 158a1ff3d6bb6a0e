package org.grpo4j.course.judge;

import java.util.List;
import java.util.function.Predicate;
import org.grpo4j.course.catalogue.Pieces;

/** Lab 2: the loss of one token and its slope. */
final class SurrogateLab {

  /** One token and the clip range {@code [1 - low, 1 + high]}. */
  record Token(double ratio, double advantage, double low, double high) implements Inputs {

    /** A range that is not symmetric. */
    static Token of(double ratio, double advantage) {
      return new Token(ratio, advantage, 0.2, 0.28);
    }

    double loss(Pieces pieces, double at) {
      return pieces.surrogateLoss(at, advantage, low, high);
    }

    double slope(Pieces pieces) {
      return pieces.surrogateSlope(ratio, advantage, low, high);
    }

    double unclipped() {
      return -ratio * advantage;
    }

    /** True in the two corners where there is nothing left to gain. */
    boolean isClipped() {
      return advantage > 0 ? ratio > 1 + high : advantage < 0 && ratio < 1 - low;
    }

    boolean wentTheWrongWay() {
      return (ratio - 1) * advantage < 0;
    }
  }

  private static final Property<Token> PESSIMISTIC =
      Property.ofNumber(
          "the loss must never be below -ratio A: that is {right}, yours {yours}",
          (in, yours) -> Math.max(in.unclipped(), yours));
  private static final Property<Token> FLAT =
      Property.ofNumber(
          "beyond the bound the loss must be what it is on the bound: {right}, yours {yours}",
          (in, yours) -> {
            double bound = in.advantage() > 0 ? 1 + in.high() : 1 - in.low();
            return in.isClipped() ? -bound * in.advantage() : yours;
          });
  private static final Property<Token> DERIVATIVE =
      new Property<>(
          "the slope must be the derivative of the loss by log ratio: finite difference {right},"
              + " yours {yours}",
          (pieces, in, yours) ->
              Gap.slope(x -> in.loss(pieces, in.ratio() * Math.exp(x)), 0, yours.get(0, 0)));

  private SurrogateLab() {}

  private static Property<Token> unclipped(String where, Predicate<Token> applies) {
    return Property.ofNumber(
        where + ": {right}, yours {yours}",
        (in, yours) -> applies.test(in) ? in.unclipped() : yours);
  }

  static List<Exercise<?>> exercises() {
    Property<Token> firstStep = unclipped("at ratio 1 the slope must be -A", t -> t.ratio() == 1);
    Cases<Token> corners =
        new Cases<>(
            List.of(
                Token.of(1, 1),
                Token.of(1, -2),
                Token.of(1.5, 1),
                Token.of(0.5, -1),
                Token.of(1.5, -1),
                Token.of(0.5, 1),
                Token.of(1.25, 1),
                Token.of(0.9, -1),
                Token.of(1.5, 0)),
            (random, size) -> {
              double low = Draws.number(random, 0.1, 0.3);
              double high = low + Draws.number(random, 0.05, 0.2);
              double ratio = Draws.number(random, 1 - size * 0.1, 1 + size * 0.1);
              return new Token(ratio, Draws.number(random, -2, 2), low, high);
            });
    Cases<Token> bounds =
        new Cases<>(
            List.of(
                new Token(1.5, 1, 0.25, 0.5),
                new Token(1.5, -1, 0.25, 0.5),
                new Token(0.75, -1, 0.25, 0.5),
                new Token(1, 1, 0, 0)),
            (random, size) -> {
              double low = size / 16.0;
              double ratio = random.nextBoolean() ? 1 - low : 1.5;
              return new Token(ratio, Draws.number(random, -2, 2), low, 0.5);
            });
    return List.of(
        new Exercise<>(
            new Question(2, "The loss of a token", 4, 4),
            (pieces, in) -> Rows.of(in.loss(pieces, in.ratio())),
            corners,
            List.of(
                PESSIMISTIC,
                FLAT,
                unclipped("where there is something to gain, -ratio A", t -> !t.isClipped()))),
        new Exercise<>(
            new Question(2, "Its slope by the log-ratio", 5, 4),
            (pieces, in) -> Rows.of(in.slope(pieces)),
            corners,
            List.of(
                firstStep,
                unclipped("a step the wrong way must be pulled back", Token::wentTheWrongWay),
                DERIVATIVE)),
        new Exercise<>(
            new Question(2, "The slope exactly on a bound", 1, 4),
            (pieces, in) -> Rows.of(in.slope(pieces)),
            bounds,
            List.of(firstStep, unclipped("a ratio exactly on the bound is inside", t -> true))));
  }
}
