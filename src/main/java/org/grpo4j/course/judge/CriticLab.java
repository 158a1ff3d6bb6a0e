package org.grpo4j.course.judge;

import static org.grpo4j.course.judge.Rows.brief;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/** Lab 7, first half: advantages and returns with a critic. */
final class CriticLab {

  /** Rewards and values of a batch, and for completions that were cut off the value after it. */
  record Batch(
      TokenTable rewards,
      TokenTable values,
      TokenTable mask,
      double gamma,
      double lambda,
      DoubleVector next)
      implements Inputs {

    static Batch of(double lambda, double[] rewards, double[] values, double[] mask) {
      return new Batch(
          Rows.of(rewards), Rows.of(values), Rows.of(mask), 1, lambda, DoubleVector.of(0.5));
    }

    TokenTable advantages(Pieces pieces) {
      return pieces.generalizedAdvantages(rewards, values, mask, gamma, lambda);
    }

    /** {@code factor} times the values, added to a table. */
    TokenTable plusValues(TokenTable table, double factor) {
      double[][] sums = table.toArrays();
      for (int i = 0; i < sums.length; i++) {
        for (int t = 0; t < sums[i].length; t++) {
          sums[i][t] += mask.get(i, t) == 0 ? 0 : factor * values.get(i, t);
        }
      }
      return TokenTable.of(sums);
    }

    @Override
    public String toString() {
      return "rewards %s · values %s · mask %s · gamma %s · lambda %s · value after a cut %s"
          .formatted(
              Rows.text(rewards),
              Rows.text(values),
              Rows.text(mask),
              brief(gamma),
              brief(lambda),
              Rows.text(next));
    }
  }

  private static final Property<Batch> MASKED =
      new Property<>(
          "a masked token must get 0",
          (pieces, in, yours) ->
              compare(yours, (i, t) -> in.mask().get(i, t) == 0 ? 0 : yours.get(i, t)));
  private static final Property<Batch> PADDING =
      new Property<>("values at masked tokens must not matter", CriticLab::padding);
  private static final Property<Batch> WHOLE_RETURN =
      new Property<>(
          "at lambda 1 advantage plus value must be what rewards are still to come",
          (pieces, in, yours) -> wholeReturn(in, in.plusValues(yours, 1)));
  private static final Property<Batch> ONE_STEP =
      new Property<>("at lambda 0 the advantage must be r + gamma V_next - V", CriticLab::oneStep);
  private static final Property<Batch> RETURN =
      new Property<>(
          "at lambda 1 a return must be what rewards are still to come",
          (pieces, in, yours) -> wholeReturn(in, yours));
  private static final Property<Batch> PLUS_VALUE =
      new Property<>(
          "a return must be advantage plus value, before any whitening",
          (pieces, in, yours) -> {
            TokenTable sums = in.plusValues(in.advantages(pieces), 1);
            return compare(yours, sums::get);
          });

  /** An expected number of a token. */
  private interface Expected {
    double at(int row, int token);
  }

  private CriticLab() {}

  static List<Exercise<?>> exercises() {
    double[] last = {0, 0, 1};
    double[] three = {0.5, 0.6, 0.9};
    double[] all = {1, 1, 1};
    Cases<Batch> cases =
        new Cases<>(
            List.of(
                Batch.of(1, new double[] {1}, new double[] {0.5}, new double[] {1}),
                Batch.of(1, new double[] {0, 1}, new double[] {0.5, 0.6}, new double[] {1, 1}),
                Batch.of(0, new double[] {0, 1}, new double[] {0.5, 0.6}, new double[] {1, 1}),
                Batch.of(1, last, three, all),
                Batch.of(0.5, last, three, all),
                Batch.of(1, last, new double[] {0.5, 9, 0.9}, new double[] {1, 0, 1}),
                Batch.of(1, new double[] {0, 1, 0}, three, new double[] {1, 1, 0})),
            CriticLab::draw);
    return List.of(
        new Exercise<>(
            new Question(7, "Generalised advantages", 3, 37, "generalizedAdvantages"),
            (pieces, in) -> in.advantages(pieces),
            cases,
            List.of(MASKED, WHOLE_RETURN, ONE_STEP, PADDING)),
        new Exercise<>(
            new Question(7, "Completions that were cut off", 1, 37, "bootstrappedAdvantages"),
            (pieces, in) ->
                pieces.bootstrappedAdvantages(
                    in.rewards(), in.values(), in.mask(), in.next(), in.lambda()),
            cases,
            List.of(MASKED)),
        new Exercise<>(
            new Question(7, "Returns", 1, 37, "returns"),
            (pieces, in) ->
                pieces.returns(in.rewards(), in.values(), in.mask(), in.gamma(), in.lambda()),
            cases,
            List.of(MASKED, RETURN, PLUS_VALUE)));
  }

  private static Batch draw(SplittableRandom random, int size) {
    TokenTable mask = Draws.mask(random, size / 2);
    double lambda = random.nextInt(3) == 0 ? 1 : Draws.number(random, 0, 1);
    return new Batch(
        Draws.table(random, mask, -1, 1),
        Draws.table(random, mask, -1, 1),
        mask,
        random.nextBoolean() ? 1 : 0.9,
        lambda,
        Draws.vector(random, mask.rows(), -1, 1));
  }

  private static Optional<String> compare(TokenTable yours, Expected expected) {
    for (int i = 0; i < yours.rows(); i++) {
      for (int t = 0; t < yours.length(i); t++) {
        Optional<String> found = Rows.differs(expected.at(i, t), yours.get(i, t));
        if (found.isPresent()) {
          int token = t;
          String row = yours.rows() == 1 ? "" : "row " + i + ", ";
          return found.map(one -> row + "token " + token + ", " + one);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wholeReturn(Batch in, TokenTable returns) {
    if (in.lambda() != 1) {
      return Optional.empty();
    }
    double[][] sums = in.rewards().toArrays();
    for (int i = 0; i < sums.length; i++) {
      double later = 0;
      for (int t = sums[i].length - 1; t >= 0; t--) {
        boolean counts = in.mask().get(i, t) != 0;
        later = counts ? sums[i][t] + in.gamma() * later : later;
        sums[i][t] = counts ? later : 0;
      }
    }
    return compare(returns, (i, t) -> sums[i][t]);
  }

  private static Optional<String> oneStep(Pieces pieces, Batch in, TokenTable yours) {
    if (in.lambda() != 0) {
      return Optional.empty();
    }
    double[][] errors = in.plusValues(in.rewards(), -1).toArrays();
    for (int i = 0; i < errors.length; i++) {
      double next = 0;
      for (int t = errors[i].length - 1; t >= 0; t--) {
        boolean counts = in.mask().get(i, t) != 0;
        errors[i][t] = counts ? errors[i][t] + in.gamma() * next : 0;
        next = counts ? in.values().get(i, t) : next;
      }
    }
    return compare(yours, (i, t) -> errors[i][t]);
  }

  private static Optional<String> padding(Pieces pieces, Batch in, TokenTable yours) {
    double[][] others = in.values().toArrays();
    for (int i = 0; i < others.length; i++) {
      for (int t = 0; t < others[i].length; t++) {
        others[i][t] += in.mask().get(i, t) == 0 ? 3 : 0;
      }
    }
    TokenTable moved =
        pieces.generalizedAdvantages(
            in.rewards(), TokenTable.of(others), in.mask(), in.gamma(), in.lambda());
    return compare(yours, moved::get).map(found -> "with 3 more there, " + found);
  }
}
