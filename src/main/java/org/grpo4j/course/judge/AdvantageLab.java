package org.grpo4j.course.judge;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Lab 1: from rewards to advantages. */
final class AdvantageLab {

  private static final String OTHER_SCALES = "Centred only, or by the batch's deviation";
  private static final double NONE = Double.NaN;
  private static final int[] PAIRS = {0, 0, 1, 1};
  private static final int[] MIXED = {0, 1, 0, 1, 0};

  /** Rewards and the groups they belong to. */
  record Rewards(DoubleVector rewards, RowGroups groups) implements Inputs {

    static Rewards of(int[] groups, double... rewards) {
      return new Rewards(DoubleVector.of(rewards), RowGroups.of(groups));
    }

    static Rewards of(double... rewards) {
      return of(new int[rewards.length], rewards);
    }

    /** The moments of the group of a row, missing rewards left out. */
    Moments group(int row) {
      return Moments.ofPresent(groups.select(groups.groupOf(row), rewards));
    }

    boolean isMissing(int row) {
      return Double.isNaN(rewards.get(row));
    }
  }

  private static final Property<Rewards> SUM =
      new Property<>(
          "advantages of a group must sum to 0: yours sum to {yours}", AdvantageLab::sum);
  private static final Property<Rewards> SIGN =
      new Property<>(
          "more than the mean of its group must get a positive advantage: yours is {yours}",
          (pieces, in, yours) -> {
            double above = Math.signum(in.rewards().get(0) - in.group(0).mean());
            double size = Math.abs(yours.get(0, 0));
            return Math.abs(above) == 1 ? Gap.of(size, above * yours.get(0, 0)) : Gap.NONE;
          });
  private static final Property<Rewards> DEAD =
      new Property<>(
          "equal rewards must give advantage 0: yours is {yours}",
          (pieces, in, yours) -> zeroWhere(i -> in.group(i).allEqual(), yours));
  private static final Property<Rewards> MISSING =
      new Property<>(
          "a missing reward must get advantage 0: yours is {yours}",
          (pieces, in, yours) -> zeroWhere(in::isMissing, yours));
  private static final Property<Rewards> SHIFT =
      new Property<>(
          "adding 5 to all rewards must change no advantage: {right} becomes {yours}",
          (pieces, in, yours) -> {
            double[] more = in.rewards().toArray();
            Arrays.setAll(more, i -> more[i] + 5);
            DoubleVector shifted = pieces.advantages(DoubleVector.of(more), in.groups());
            return Gap.of(yours.row(0).toArray(), shifted);
          });
  private static final Property<Rewards> ALONE =
      new Property<>(
          "only the rewards of a group, without missing ones, may matter to its advantages:"
              + " from them alone {right}, with the others {yours}",
          AdvantageLab::alone);
  private static final Property<Rewards> OWN_BASELINE =
      new Property<>(
          "a completion must not be in its own baseline: with 1 more for the first its advantage"
              + " must become {right}, yours {yours}",
          AdvantageLab::ownBaseline);

  private AdvantageLab() {}

  static List<Exercise<?>> exercises() {
    Cases<Rewards> compared =
        new Cases<>(
            List.of(
                Rewards.of(1, 0),
                Rewards.of(0, 0, 1),
                Rewards.of(1, 0, 0, 1),
                Rewards.of(0.5, 0.5001),
                Rewards.of(11, 10, 10, 12),
                Rewards.of(PAIRS, 1, 0, 3, 1),
                Rewards.of(MIXED, 1, 2, 0, 5, 0.5)),
            (random, size) ->
                new Rewards(Draws.vector(random, size, -1, 3), Draws.groups(random, size)));
    double third = 1.0 / 3;
    Cases<Rewards> dead =
        new Cases<>(
            List.of(
                Rewards.of(1, 1),
                Rewards.of(third, third, third, third, third, third, third),
                Rewards.of(PAIRS, 1, 1, 1, 0)),
            AdvantageLab::withDeadGroup);
    Cases<Rewards> missing =
        new Cases<>(
            List.of(
                Rewards.of(0.7),
                Rewards.of(1, NONE),
                Rewards.of(1, 0, NONE),
                Rewards.of(PAIRS, NONE, NONE, 1, 0)),
            AdvantageLab::withMissing);
    Cases<Rewards> all =
        new Cases<>(
            List.of(
                Rewards.of(1, 0),
                Rewards.of(1, 0, 0),
                Rewards.of(0.5, 0.5),
                Rewards.of(1, NONE, 0, 2),
                Rewards.of(MIXED, 1, 2, 0, 5, 0.5)),
            AdvantageLab::withMissing);
    return List.of(
        eq3("Advantages of a group", 4, compared, List.of(SUM, SIGN, ALONE, SHIFT)),
        eq3("A group of equal rewards", 1, dead, List.of(DEAD, SUM, ALONE)),
        eq3("Missing rewards", 1, missing, List.of(MISSING, SUM, ALONE)),
        new Exercise<>(
            new Question(1, OTHER_SCALES, 1, 3),
            (pieces, in) ->
                TokenTable.of(
                    List.of(
                        pieces.centredAdvantages(in.rewards(), in.groups()),
                        pieces.batchScaledAdvantages(in.rewards(), in.groups()))),
            missing,
            List.of(MISSING)),
        new Exercise<>(
            new Question(1, "Leave one out", 3, 32),
            (pieces, in) -> Rows.of(pieces.leaveOneOut(in.rewards(), in.groups())),
            all,
            List.of(SUM, DEAD, MISSING, SIGN, OWN_BASELINE)));
  }

  private static Exercise<Rewards> eq3(
      String title, int points, Cases<Rewards> cases, List<Property<Rewards>> properties) {
    return new Exercise<>(
        new Question(1, title, points, 3),
        (pieces, in) -> Rows.of(pieces.advantages(in.rewards(), in.groups())),
        cases,
        properties);
  }

  private static Rewards withDeadGroup(SplittableRandom random, int size) {
    double[] rewards = Draws.vector(random, size + 2, 0, 1).toArray();
    int[] ids = new int[rewards.length];
    Arrays.fill(ids, size / 2, ids.length, 1);
    Arrays.fill(rewards, size / 2, rewards.length, random.nextInt(10) / 10.0);
    return Rewards.of(ids, rewards);
  }

  private static Rewards withMissing(SplittableRandom random, int size) {
    double[] rewards = Draws.vector(random, size, 0, 2).toArray();
    rewards[random.nextInt(size)] = NONE;
    return new Rewards(DoubleVector.of(rewards), Draws.groups(random, size));
  }

  private static Gap sum(Pieces pieces, Rewards in, TokenTable yours) {
    double[] sums = new double[in.groups().count()];
    Arrays.setAll(sums, g -> Arrays.stream(in.groups().select(g, yours.row(0))).sum());
    return Gap.of(new double[sums.length], DoubleVector.of(sums));
  }

  private static Gap zeroWhere(IntPredicate rows, TokenTable yours) {
    double[] right = yours.row(0).toArray();
    Arrays.setAll(right, i -> rows.test(i) ? 0 : right[i]);
    return Gap.of(right, yours.row(0));
  }

  private static Gap alone(Pieces pieces, Rewards in, TokenTable yours) {
    int group = in.groups().groupOf(in.rewards().size() - 1);
    int[] rows = IntStream.of(in.groups().members(group)).filter(i -> !in.isMissing(i)).toArray();
    double[] rewards = IntStream.of(rows).mapToDouble(in.rewards()::get).toArray();
    double[] together = IntStream.of(rows).mapToDouble(yours.row(0)::get).toArray();
    RowGroups one = RowGroups.of(new int[rows.length]);
    DoubleVector alone = pieces.advantages(DoubleVector.of(rewards), one);
    return Gap.of(alone.toArray(), DoubleVector.of(together));
  }

  private static Gap ownBaseline(Pieces pieces, Rewards in, TokenTable yours) {
    if (in.isMissing(0) || in.group(0).count() < 2) {
      return Gap.NONE;
    }
    double[] more = in.rewards().toArray();
    more[0] += 1;
    double after = pieces.leaveOneOut(DoubleVector.of(more), in.groups()).get(0);
    return Gap.of(yours.get(0, 0) + 1, after);
  }
}
