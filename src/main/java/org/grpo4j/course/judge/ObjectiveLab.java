package org.grpo4j.course.judge;

import static org.grpo4j.course.judge.Rows.brief;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.course.catalogue.ObjectiveSettings;
import org.grpo4j.course.catalogue.Pieces;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;

/** Lab 5, second half: the loss of a batch and one coefficient for every token. */
final class ObjectiveLab {

  /** A batch and the settings of the objective. */
  record Batch(ObjectiveSettings settings, ObjectiveInputs inputs) implements Inputs {

    double loss(Pieces pieces) {
      return pieces.objective(settings, inputs).loss();
    }

    Batch with(double beta, double alpha) {
      ObjectiveSettings other =
          new ObjectiveSettings(
              settings.low(), settings.high(), beta, alpha, settings.sequenceRatio());
      return new Batch(other, inputs);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("log pi " + Rows.text(inputs.logProbs()));
      text.append(" · log pi_old ").append(Rows.text(inputs.oldLogProbs()));
      inputs.referenceLogProbs().ifPresent(t -> text.append(" · log pi_ref ").append(Rows.text(t)));
      inputs.entropies().ifPresent(t -> text.append(" · H ").append(Rows.text(t)));
      text.append(" · A ").append(Rows.text(inputs.advantages()));
      text.append(" · mask ").append(Rows.text(inputs.mask()));
      text.append(" · range -").append(brief(settings.low()));
      text.append(", +").append(brief(settings.high()));
      text.append(" · beta ").append(brief(settings.beta()));
      text.append(" · alpha ").append(brief(settings.alpha()));
      text.append(settings.sequenceRatio() ? " · one ratio a completion" : "");
      return text.toString();
    }
  }

  private static final Property<Batch> DIVERGENCE =
      new Property<>("a larger beta must make the loss larger", ObjectiveLab::divergence);
  private static final Property<Batch> BONUS =
      new Property<>("a larger alpha must make the loss smaller", ObjectiveLab::bonus);
  private static final Property<Batch> MASKED =
      new Property<>("a masked token must have coefficient 0", ObjectiveLab::masked);
  private static final Property<Batch> DERIVATIVE =
      new Property<>(
          "the coefficient must be the derivative of the loss by the log-probability",
          ObjectiveLab::derivative);

  private ObjectiveLab() {}

  static List<Exercise<?>> exercises() {
    TokenTable one = TokenTable.of(new double[][] {{1}});
    TokenTable padded = TokenTable.of(new double[][] {{1, 1}, {1, 0}});
    Cases<Batch> cases =
        new Cases<>(
            List.of(
                batch(new SplittableRandom(1), one, 0, 0, false),
                batch(new SplittableRandom(2), one, 0.1, 0, false),
                batch(new SplittableRandom(3), one, 0, 0.1, false),
                batch(new SplittableRandom(4), padded, 0, 0, false),
                batch(new SplittableRandom(5), padded, 0, 0, true)),
            (random, size) ->
                batch(
                    random,
                    Draws.mask(random, (size + 2) / 2),
                    Draws.number(random, 0.05, 0.3),
                    Draws.number(random, 0.05, 0.3),
                    random.nextBoolean()));
    return List.of(
        new Exercise<>(
            new Question(5, "The loss of a batch", 2, 1, "objective"),
            (pieces, in) -> Rows.of(in.loss(pieces)),
            cases,
            List.of(DIVERGENCE, BONUS)),
        new Exercise<>(
            new Question(5, "The coefficients of a batch", 3, 7, "objective"),
            (pieces, in) -> pieces.objective(in.settings(), in.inputs()).slopes(),
            cases,
            List.of(MASKED, DERIVATIVE)));
  }

  /** Random numbers where the mask is 1, and at the others what must not matter. */
  private static Batch batch(
      SplittableRandom random, TokenTable mask, double beta, double alpha, boolean sequence) {
    TokenTable logProbs = Draws.table(random, mask, -2, -0.2);
    double[][] hidden = logProbs.toArrays();
    for (int i = 0; i < hidden.length; i++) {
      for (int t = 0; t < hidden[i].length; t++) {
        hidden[i][t] = mask.get(i, t) == 0 ? Double.NEGATIVE_INFINITY : hidden[i][t];
      }
    }
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
            TokenTable.of(hidden),
            Draws.table(random, mask, -2, -0.2),
            Draws.table(random, mask, -2, 2),
            mask,
            RowGroups.consecutive(mask.rows(), mask.rows()));
    inputs = beta > 0 ? inputs.withReference(Draws.table(random, mask, -2, -0.2)) : inputs;
    inputs = alpha > 0 ? inputs.withEntropies(Draws.table(random, mask, 0.1, 1.5)) : inputs;
    return new Batch(new ObjectiveSettings(0.2, 0.28, beta, alpha, sequence), inputs);
  }

  private static Optional<String> divergence(Pieces pieces, Batch in, TokenTable yours) {
    double beta = in.settings().beta();
    double without = in.with(0, in.settings().alpha()).loss(pieces);
    return Rows.unless(
        beta == 0 || !(yours.get(0, 0) < without - 1e-9),
        "at beta 0 it is " + brief(without) + ", at " + brief(beta) + " " + text(yours));
  }

  private static Optional<String> bonus(Pieces pieces, Batch in, TokenTable yours) {
    double alpha = in.settings().alpha();
    double without = in.with(in.settings().beta(), 0).loss(pieces);
    return Rows.unless(
        alpha == 0 || !(yours.get(0, 0) > without + 1e-9),
        "at alpha 0 it is " + brief(without) + ", at " + brief(alpha) + " " + text(yours));
  }

  private static String text(TokenTable yours) {
    return brief(yours.get(0, 0));
  }

  private static Optional<String> masked(Pieces pieces, Batch in, TokenTable yours) {
    for (int i = 0; i < yours.rows(); i++) {
      for (int t = 0; t < yours.length(i); t++) {
        if (in.inputs().mask().get(i, t) == 0 && yours.get(i, t) != 0) {
          return Optional.of("yours has " + brief(yours.get(i, t)));
        }
      }
    }
    return Optional.empty();
  }

  /** At the first three tokens that count. */
  private static Optional<String> derivative(Pieces pieces, Batch in, TokenTable yours) {
    int measured = 0;
    for (int i = 0; i < yours.rows(); i++) {
      for (int t = 0; t < yours.length(i) && measured < 3; t++) {
        if (in.inputs().mask().get(i, t) != 0) {
          measured++;
          String where = "row " + i + ", token " + t + ", ";
          double[][] moved = in.inputs().logProbs().toArrays();
          double[] row = moved[i];
          int token = t;
          Optional<String> found =
              Rows.slope(
                  at -> {
                    row[token] = at;
                    ObjectiveInputs inputs = in.inputs().withLogProbs(TokenTable.of(moved));
                    return pieces.objective(in.settings(), inputs).loss();
                  },
                  in.inputs().logProbs().get(i, t),
                  yours.get(i, t));
          if (found.isPresent()) {
            return found.map(one -> where + one);
          }
        }
      }
    }
    return Optional.empty();
  }
}
