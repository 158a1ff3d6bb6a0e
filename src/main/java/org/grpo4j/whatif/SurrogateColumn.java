package org.grpo4j.whatif;

import java.util.List;
import org.grpo4j.objective.CispoSurrogate;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.DualClipSurrogate;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.SapoSurrogate;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.TwoSidedSurrogate;
import org.grpo4j.objective.VespoSurrogate;

/** The surrogate column: the loss of one token. */
public final class SurrogateColumn {

  private static final NumberParameter CLIP_LOW =
      new NumberParameter(
          "clipLow",
          "The ratio is clipped at 1 minus this; above 1 it never binds.",
          0.2,
          Bounds.atLeast(0));
  private static final NumberParameter CLIP_HIGH =
      new NumberParameter(
          "clipHigh", "The ratio is clipped at 1 plus this.", 0.2, Bounds.atLeast(0));
  private static final NumberParameter DELTA =
      new NumberParameter(
          "delta", "Upper bound of the ratio, whatever the advantage.", 4, Bounds.above(0));
  private static final NumberParameter BOUND =
      new NumberParameter(
          "bound", "Bound of the ratio for negative advantages.", 3, Bounds.above(1));
  private static final NumberParameter MIN_RATIO =
      new NumberParameter(
          "minRatio", "Lower bound of the ratio; 0 for none.", 0, Bounds.atLeast(0));
  private static final NumberParameter MAX_RATIO =
      new NumberParameter(
          "maxRatio",
          "Upper bound of the ratio: the bound itself, not 1 plus it.",
          5,
          Bounds.atLeast(0));
  private static final NumberParameter TAU_POSITIVE =
      new NumberParameter(
          "tauPositive", "Temperature of the gate for positive advantages.", 1, Bounds.above(0));
  private static final NumberParameter TAU_NEGATIVE =
      new NumberParameter(
          "tauNegative", "Temperature of the gate for the others.", 1.05, Bounds.above(0));
  private static final NumberParameter K_POSITIVE =
      new NumberParameter("kPositive", "k for advantages of at least 0.", 2, Bounds.atLeast(0));
  private static final NumberParameter LAMBDA_POSITIVE =
      new NumberParameter(
          "lambdaPositive", "lambda for advantages of at least 0.", 3, Bounds.atLeast(0));
  private static final NumberParameter K_NEGATIVE =
      new NumberParameter("kNegative", "k for negative advantages.", 3, Bounds.atLeast(0));
  private static final NumberParameter LAMBDA_NEGATIVE =
      new NumberParameter(
          "lambdaNegative", "lambda for negative advantages.", 2, Bounds.atLeast(0));

  /** The column. */
  public static final Column<Surrogate> COLUMN =
      new Column<>(
          "surrogate",
          "clip",
          List.of(
              new Variant<>(
                  "clip",
                  "Clip (PPO, GRPO)",
                  "The clipped surrogate of PPO and GRPO (Eq. 4).",
                  List.of(CLIP_LOW, CLIP_HIGH),
                  SurrogateColumn::clip),
              new Variant<>(
                  "dual-clip",
                  "Dual clip",
                  "The clipped surrogate with a bound for negative advantages (Eq. 43).",
                  List.of(CLIP_LOW, CLIP_HIGH, BOUND),
                  values -> new DualClipSurrogate(clip(values), BOUND.in(values))),
              new Variant<>(
                  "two-sided",
                  "Two-sided clip",
                  "The clipped surrogate with a second upper bound of the ratio (Eq. 42).",
                  List.of(CLIP_LOW, CLIP_HIGH, DELTA),
                  values -> new TwoSidedSurrogate(clip(values), DELTA.in(values))),
              Variant.of(
                  "unclipped",
                  "Unclipped",
                  "The ratio times the advantage, not clipped (Eq. 41).",
                  new ImportanceWeightedSurrogate()),
              Variant.of(
                  "reinforce",
                  "REINFORCE",
                  "The log-probability times the advantage; no ratio (Eq. 40).",
                  new ReinforceSurrogate()),
              new Variant<>(
                  "cispo",
                  "CISPO",
                  "The log-probability times a bounded ratio that counts as constant (Eq. 44).",
                  List.of(MIN_RATIO, MAX_RATIO),
                  values -> new CispoSurrogate(MIN_RATIO.in(values), MAX_RATIO.in(values))),
              new Variant<>(
                  "sapo",
                  "SAPO",
                  "A sigmoid gate instead of a clip (Eq. 45).",
                  List.of(TAU_POSITIVE, TAU_NEGATIVE),
                  values -> new SapoSurrogate(TAU_POSITIVE.in(values), TAU_NEGATIVE.in(values))),
              new Variant<>(
                  "vespo",
                  "VESPO",
                  "The log-probability times a weight that peaks near k / lambda (Eq. 46).",
                  List.of(K_POSITIVE, LAMBDA_POSITIVE, K_NEGATIVE, LAMBDA_NEGATIVE),
                  SurrogateColumn::vespo)));

  private SurrogateColumn() {}

  private static ClippedSurrogate clip(SettingValues values) {
    return new ClippedSurrogate(CLIP_LOW.in(values), CLIP_HIGH.in(values));
  }

  private static Surrogate vespo(SettingValues values) {
    return new VespoSurrogate(
        K_POSITIVE.in(values),
        LAMBDA_POSITIVE.in(values),
        K_NEGATIVE.in(values),
        LAMBDA_NEGATIVE.in(values));
  }
}
