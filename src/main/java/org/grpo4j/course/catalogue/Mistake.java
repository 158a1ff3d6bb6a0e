package org.grpo4j.course.catalogue;

import java.util.Locale;
import java.util.Objects;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;

/**
 * A typical mistake: a plausible wrong version of one piece, everything else as the library has it.
 * Each carries its {@link Story}. The pieces that are made of others are put together from its own,
 * so a mistake shows there too.
 */
public abstract class Mistake implements Pieces {

  /** Name in words, from the class name. */
  public final String title() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** Area, fault, symptom and where it was seen. */
  public final Story story() {
    return Objects.requireNonNull(getClass().getAnnotation(Story.class), "every mistake has one");
  }

  @Override
  public BatchLoss objective(ObjectiveSettings settings, ObjectiveInputs inputs) {
    return LossOfPieces.objective(this, settings, inputs);
  }

  @Override
  public BatchLoss criticLoss(
      TokenTable values, TokenTable old, TokenTable targets, TokenTable mask, double clip) {
    return LossOfPieces.critic(this, values, old, targets, mask, clip);
  }

  @Override
  public TokenTable returns(
      TokenTable rewards, TokenTable values, TokenTable mask, double gamma, double lambda) {
    return sum(generalizedAdvantages(rewards, values, mask, gamma, lambda), values, mask);
  }

  /** Advantages plus values at the tokens that count. */
  static TokenTable sum(TokenTable advantages, TokenTable values, TokenTable mask) {
    double[][] sums = advantages.toArrays();
    for (int i = 0; i < sums.length; i++) {
      for (int t = 0; t < sums[i].length; t++) {
        sums[i][t] = mask.get(i, t) == 0 ? 0 : sums[i][t] + values.get(i, t);
      }
    }
    return TokenTable.of(sums);
  }

  @Override
  public final String toString() {
    return title();
  }
}
