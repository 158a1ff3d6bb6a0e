package org.grpo4j.course.judge;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.TokenTable;

/** Lab 2: the loss of one token and its slope. */
final class SurrogateLab {

  private static final double LOW = 0.2;
  private static final double HIGH = 0.28;

  /** One token and the clip range. */
  record Token(double ratio, double advantage, double low, double high) implements Inputs {

    double loss(Pieces pieces, double at) {
      return pieces.surrogateLoss(at, advantage, low, high);
    }

    double slope(Pieces pieces) {
      return pieces.surrogateSlope(ratio, advantage, low, high);
    }

    /** True in the two corners where there is nothing left to gain. */
    boolean clipped() {
      return advantage > 0 ? ratio > 1 + high : advantage < 0 && ratio < 1 - low;
    }

    @Override
    public String toString() {
      return "ratio %s · A %s · range -%s, +%s"
          .formatted(Rows.brief(ratio), Rows.brief(advantage), Rows.brief(low), Rows.brief(high));
    }
  }

  private static final Property<Token> PESSIMISTIC =
      new Property<>("the loss must never be below -ratio A", SurrogateLab::pessimistic);
  private static final Property<Token> UNCLIPPED =
      new Property<>(
          "where there is something left to gain or to undo, the loss must be -ratio A",
          (pieces, in, yours) ->
              in.clipped()
                  ? Optional.empty()
                  : Rows.differs(-in.ratio() * in.advantage(), yours.get(0, 0)));
  private static final Property<Token> FLAT =
      new Property<>(
          "beyond the bound the loss must be what it is on the bound", SurrogateLab::flat);
  private static final Property<Token> FIRST_STEP =
      new Property<>(
          "at ratio 1 the slope must be -A",
          (pieces, in, yours) ->
              in.ratio() == 1 ? Rows.differs(-in.advantage(), yours.get(0, 0)) : Optional.empty());
  private static final Property<Token> PULLED_BACK =
      new Property<>("a step the wrong way must be pulled back", SurrogateLab::pulledBack);
  private static final Property<Token> NOTHING_LEFT =
      new Property<>(
          "beyond the bound the slope must be 0",
          (pieces, in, yours) ->
              in.clipped() ? Rows.differs(0, yours.get(0, 0)) : Optional.empty());
  private static final Property<Token> DERIVATIVE =
      new Property<>(
          "the slope must be the derivative of the loss by log ratio",
          (pieces, in, yours) ->
              Rows.slope(x -> in.loss(pieces, in.ratio() * Math.exp(x)), 0, yours.get(0, 0)));

  private SurrogateLab() {}

  static List<Exercise<?>> exercises() {
    Cases<Token> corners =
        new Cases<>(
            List.of(
                new Token(1, 1, LOW, HIGH),
                new Token(1, -2, LOW, HIGH),
                new Token(1.5, 1, LOW, HIGH),
                new Token(0.5, -1, LOW, HIGH),
                new Token(1.5, -1, LOW, HIGH),
                new Token(0.5, 1, LOW, HIGH),
                new Token(1.25, 1, LOW, HIGH),
                new Token(0.9, -1, LOW, HIGH),
                new Token(0.81, -1, LOW, HIGH),
                new Token(1.3, 0, LOW, HIGH)),
            SurrogateLab::draw);
    Cases<Token> bounds =
        new Cases<>(
            List.of(
                new Token(1.5, 1, 0.25, 0.5),
                new Token(1.5, -1, 0.25, 0.5),
                new Token(0.75, -1, 0.25, 0.5),
                new Token(0.75, 1, 0.25, 0.5),
                new Token(1, 1, 0, 0),
                new Token(1, -1, 0, 0)),
            (random, size) -> {
              double low = size / 16.0;
              double ratio = random.nextBoolean() ? 1 - low : 1.5;
              return new Token(ratio, Draws.number(random, -2, 2), low, 0.5);
            });
    return List.of(
        new Exercise<>(
            new Question(2, "The loss of a token", 4, 4, "surrogateLoss"),
            (pieces, in) -> Rows.of(in.loss(pieces, in.ratio())),
            corners,
            List.of(PESSIMISTIC, UNCLIPPED, FLAT)),
        new Exercise<>(
            new Question(2, "Its slope by the log-ratio", 5, 4, "surrogateSlope"),
            (pieces, in) -> Rows.of(in.slope(pieces)),
            corners,
            List.of(FIRST_STEP, PULLED_BACK, NOTHING_LEFT, DERIVATIVE)),
        new Exercise<>(
            new Question(2, "The slope exactly on a bound", 1, 4, "surrogateSlope"),
            (pieces, in) -> Rows.of(in.slope(pieces)),
            bounds,
            List.of(
                FIRST_STEP,
                new Property<>(
                    "a ratio exactly on the bound is inside: the slope must be -ratio A",
                    (pieces, in, yours) ->
                        Rows.differs(-in.ratio() * in.advantage(), yours.get(0, 0))))));
  }

  private static Token draw(SplittableRandom random, int size) {
    double low = Draws.number(random, 0.1, 0.3);
    double high = low + Draws.number(random, 0.05, 0.2);
    double ratio = Draws.number(random, 1 - size * 0.1, 1 + size * 0.1);
    return new Token(ratio, Draws.number(random, -2, 2), low, high);
  }

  private static Optional<String> pessimistic(Pieces pieces, Token in, TokenTable yours) {
    double plain = -in.ratio() * in.advantage();
    return Rows.unless(
        yours.get(0, 0) >= plain - 1e-9,
        "-ratio A is " + Rows.brief(plain) + ", yours " + Rows.brief(yours.get(0, 0)));
  }

  private static Optional<String> flat(Pieces pieces, Token in, TokenTable yours) {
    double bound = in.advantage() > 0 ? 1 + in.high() : 1 - in.low();
    return in.clipped() ? Rows.differs(-bound * in.advantage(), yours.get(0, 0)) : Optional.empty();
  }

  private static Optional<String> pulledBack(Pieces pieces, Token in, TokenTable yours) {
    boolean wrongWay = in.advantage() > 0 ? in.ratio() < 1 : in.ratio() > 1;
    return wrongWay && in.advantage() != 0
        ? Rows.differs(-in.ratio() * in.advantage(), yours.get(0, 0))
        : Optional.empty();
  }
}
