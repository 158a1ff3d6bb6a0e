package org.grpo4j.course.judge;

import static org.grpo4j.course.judge.Rows.brief;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Moments;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;

/** Lab 1: from rewards to advantages. */
final class AdvantageLab {

  private static final double THIRD = 1.0 / 3;
  private static final double NONE = Double.NaN;

  /** Rewards and the groups they belong to. */
  record Rewards(DoubleVector rewards, RowGroups groups) implements Inputs {

    static Rewards of(int[] groups, double... rewards) {
      return new Rewards(DoubleVector.of(rewards), RowGroups.of(groups));
    }

    static Rewards of(double... rewards) {
      return of(new int[rewards.length], rewards);
    }

    /** Mean and more of the rewards of a group that are not missing. */
    Moments group(int group) {
      return Moments.ofPresent(groups.select(group, rewards));
    }

    double reward(int row) {
      return rewards.get(row);
    }

    @Override
    public String toString() {
      return "rewards " + Rows.text(rewards) + " · groups " + Rows.text(groups);
    }
  }

  private static final Property<Rewards> SUM =
      new Property<>("advantages of a group must sum to 0", AdvantageLab::sum);
  private static final Property<Rewards> DEAD =
      new Property<>("equal rewards must give advantage 0", AdvantageLab::dead);
  private static final Property<Rewards> MISSING =
      new Property<>("a missing reward must get advantage 0", AdvantageLab::missing);
  private static final Property<Rewards> LEFT_OUT =
      new Property<>("a missing reward must not matter to the others", AdvantageLab::leftOut);
  private static final Property<Rewards> ORDER =
      new Property<>("the better of a group must get the larger advantage", AdvantageLab::order);
  private static final Property<Rewards> SHIFT =
      new Property<>("adding 5 to all rewards must change no advantage", AdvantageLab::shift);
  private static final Property<Rewards> ALONE =
      new Property<>("a group must not depend on other groups", AdvantageLab::alone);
  private static final Property<Rewards> OWN_BASELINE =
      new Property<>("a completion must not be in its own baseline", AdvantageLab::ownBaseline);

  private AdvantageLab() {}

  static List<Exercise<?>> exercises() {
    int[] pairs = {0, 0, 1, 1};
    int[] mixed = {0, 1, 0, 1, 0};
    Cases<Rewards> compared =
        new Cases<>(
            List.of(
                Rewards.of(1, 0),
                Rewards.of(0, 0, 1),
                Rewards.of(1, 0, 0, 1),
                Rewards.of(0.5, 0.5001),
                Rewards.of(11, 10, 10, 12),
                Rewards.of(pairs, 1, 0, 3, 1),
                Rewards.of(mixed, 1, 2, 0, 5, 0.5)),
            (random, size) ->
                new Rewards(Draws.vector(random, size, -1, 3), Draws.groups(random, size)));
    Cases<Rewards> dead =
        new Cases<>(
            List.of(
                Rewards.of(1, 1),
                Rewards.of(THIRD, THIRD, THIRD, THIRD, THIRD, THIRD, THIRD),
                Rewards.of(pairs, 1, 1, 1, 0)),
            AdvantageLab::withDeadGroup);
    Cases<Rewards> missing =
        new Cases<>(
            List.of(
                Rewards.of(0.7),
                Rewards.of(1, NONE),
                Rewards.of(NONE, NONE),
                Rewards.of(1, 0, NONE),
                Rewards.of(pairs, NONE, 2, 1, 0)),
            AdvantageLab::withMissing);
    return List.of(
        standard("Advantages of a group", 4, compared, SUM, ORDER, ALONE, SHIFT),
        standard("A group of equal rewards", 1, dead, DEAD, SUM, ALONE),
        standard("Missing rewards", 1, missing, MISSING, LEFT_OUT, SUM, ALONE),
        new Exercise<>(
            new Question(
                1,
                "Not divided, or by the batch's deviation",
                1,
                3,
                "centredAdvantages",
                "batchScaledAdvantages"),
            AdvantageLab::otherScales,
            missing,
            List.of(MISSING)),
        new Exercise<>(
            new Question(1, "Leave one out", 3, 32, "leaveOneOut"),
            (pieces, in) -> Rows.of(pieces.leaveOneOut(in.rewards(), in.groups())),
            new Cases<>(
                List.of(
                    Rewards.of(1, 0),
                    Rewards.of(1, 0, 0),
                    Rewards.of(0.5, 0.5),
                    Rewards.of(0.7),
                    Rewards.of(1, NONE, 0, 2),
                    Rewards.of(mixed, 1, 2, 0, 5, 0.5)),
                AdvantageLab::withMissing),
            List.of(SUM, DEAD, MISSING, ORDER, OWN_BASELINE)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Exercise<Rewards> standard(
      String title, int points, Cases<Rewards> cases, Property<Rewards>... properties) {
    return new Exercise<>(
        new Question(1, title, points, 3, "advantages"),
        (pieces, in) -> Rows.of(pieces.advantages(in.rewards(), in.groups())),
        cases,
        Arrays.asList(properties));
  }

  private static TokenTable otherScales(Pieces pieces, Rewards in) {
    return TokenTable.of(
        List.of(
            pieces.centredAdvantages(in.rewards(), in.groups()),
            pieces.batchScaledAdvantages(in.rewards(), in.groups())));
  }

  private static Rewards withDeadGroup(SplittableRandom random, int size) {
    double[] rewards = Draws.vector(random, size + 2, 0, 1).toArray();
    int[] ids = new int[rewards.length];
    Arrays.fill(ids, size / 2, ids.length, 1);
    double equal = random.nextInt(10) / 10.0;
    Arrays.fill(rewards, size / 2, rewards.length, equal);
    return Rewards.of(ids, rewards);
  }

  private static Rewards withMissing(SplittableRandom random, int size) {
    double[] rewards = Draws.vector(random, size, 0, 2).toArray();
    rewards[random.nextInt(size)] = NONE;
    return new Rewards(DoubleVector.of(rewards), Draws.groups(random, size));
  }

  private static Optional<String> sum(Pieces pieces, Rewards in, TokenTable yours) {
    double worst = 0;
    for (int g = 0; g < in.groups().count(); g++) {
      double sum = DoubleVector.of(in.groups().select(g, yours.row(0))).sum();
      worst = Math.abs(sum) > Math.abs(worst) ? sum : worst;
    }
    return Rows.unless(Math.abs(worst) < 1e-9, "yours sum to " + brief(worst));
  }

  private static Optional<String> dead(Pieces pieces, Rewards in, TokenTable yours) {
    for (int i = 0; i < in.rewards().size(); i++) {
      boolean equal = in.group(in.groups().groupOf(i)).allEqual();
      if (equal && Math.abs(yours.get(0, i)) > 1e-9) {
        return Optional.of("yours is " + brief(yours.get(0, i)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> missing(Pieces pieces, Rewards in, TokenTable yours) {
    for (int i = 0; i < in.rewards().size(); i++) {
      if (Double.isNaN(in.reward(i)) && yours.get(0, i) != 0) {
        return Optional.of("yours is " + brief(yours.get(0, i)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> order(Pieces pieces, Rewards in, TokenTable yours) {
    for (int i = 0; i < in.rewards().size(); i++) {
      for (int j : in.groups().members(in.groups().groupOf(i))) {
        if (in.reward(i) > in.reward(j) && !(yours.get(0, i) > yours.get(0, j))) {
          String better = brief(in.reward(i)) + " gets " + brief(yours.get(0, i));
          return Optional.of(
              better + ", " + brief(in.reward(j)) + " gets " + brief(yours.get(0, j)));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> shift(Pieces pieces, Rewards in, TokenTable yours) {
    double[] shifted = in.rewards().toArray();
    Arrays.setAll(shifted, i -> shifted[i] + 5);
    DoubleVector others = pieces.advantages(DoubleVector.of(shifted), in.groups());
    return changed(yours.row(0), others);
  }

  private static Optional<String> changed(DoubleVector before, DoubleVector after) {
    for (int i = 0; i < before.size(); i++) {
      if (!Rows.near(before.get(i), after.get(i))) {
        return Optional.of(brief(before.get(i)) + " becomes " + brief(after.get(i)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> alone(Pieces pieces, Rewards in, TokenTable yours) {
    int group = in.groups().groupOf(0);
    double[] rewards = in.groups().select(group, in.rewards());
    DoubleVector together = DoubleVector.of(in.groups().select(group, yours.row(0)));
    RowGroups one = RowGroups.of(new int[rewards.length]);
    DoubleVector alone = pieces.advantages(DoubleVector.of(rewards), one);
    return changed(together, alone).map(found -> "without them " + found);
  }

  private static Optional<String> leftOut(Pieces pieces, Rewards in, TokenTable yours) {
    int[] present =
        java.util.stream.IntStream.range(0, in.rewards().size())
            .filter(i -> !Double.isNaN(in.reward(i)))
            .toArray();
    int[] ids = Arrays.stream(present).map(in.groups()::groupOf).toArray();
    double[] rewards = Arrays.stream(present).mapToDouble(in::reward).toArray();
    double[] with = Arrays.stream(present).mapToDouble(i -> yours.get(0, i)).toArray();
    DoubleVector without = pieces.advantages(DoubleVector.of(rewards), RowGroups.of(ids));
    return changed(DoubleVector.of(with), without).map(found -> "without it " + found);
  }

  private static Optional<String> ownBaseline(Pieces pieces, Rewards in, TokenTable yours) {
    Moments group = in.group(in.groups().groupOf(0));
    if (Double.isNaN(in.reward(0)) || group.count() < 2) {
      return Optional.empty();
    }
    double[] raised = in.rewards().toArray();
    raised[0] += 1;
    double after = pieces.leaveOneOut(DoubleVector.of(raised), in.groups()).get(0);
    double rise = after - yours.get(0, 0);
    return Rows.unless(
        Rows.near(1, rise), "1 more for the first raises its advantage by " + brief(rise));
  }
}
