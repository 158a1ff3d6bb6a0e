package org.grpo4j.course.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;

/**
 * A typical mistake: a plausible wrong version of one piece, everything else as the library has it.
 * It is a constant of the enum of its area and carries its {@link Story}. The pieces that are made
 * of others are put together from its own, so a mistake shows there too.
 */
public interface Mistake extends Pieces {

  /** Every mistake, in the order of the page. */
  static List<Mistake> all() {
    return Stream.<Mistake[]>of(
            AdvantageMistake.values(),
            RatioAndSurrogateMistake.values(),
            DivergenceMistake.values(),
            MasksAndAggregationMistake.values(),
            LogitsMistake.values(),
            CriticMistake.values(),
            TrainerMistake.values(),
            EvaluationMistake.values())
        .flatMap(Arrays::stream)
        .toList();
  }

  /** The constant's name. */
  String name();

  /** The enum of its area. */
  Class<?> getDeclaringClass();

  /** Name in words. */
  default String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The part of the method it belongs to, a heading of the page: the enum's name in words. */
  default String area() {
    String words = getDeclaringClass().getSimpleName().replaceAll("(?=[A-Z])", " ");
    return words.replace(" Mistake", "").strip().toLowerCase(Locale.ROOT);
  }

  /** The fault, its symptom and where it was seen. */
  default Story story() {
    return Objects.requireNonNull(Story.ALL.get(name()), "every mistake has one");
  }

  @Override
  default BatchLoss objective(ObjectiveSettings settings, ObjectiveInputs inputs) {
    return LossOfPieces.objective(this, settings, inputs);
  }

  @Override
  default BatchLoss criticLoss(
      TokenTable values, TokenTable old, TokenTable targets, TokenTable mask, double clip) {
    return LossOfPieces.critic(this, values, old, targets, mask, clip);
  }

  @Override
  default TokenTable returns(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    TokenTable advantages = generalizedAdvantages(rewards, values, mask, gamma, lambda);
    return LossOfPieces.sum(advantages, values, mask);
  }
}
