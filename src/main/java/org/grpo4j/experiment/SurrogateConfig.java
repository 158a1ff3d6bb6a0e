package org.grpo4j.experiment;

import org.grpo4j.experiment.config.Kind;
import org.grpo4j.experiment.config.Setting;
import org.grpo4j.objective.CispoSurrogate;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.DualClipSurrogate;
import org.grpo4j.objective.ImportanceWeightedSurrogate;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.SapoSurrogate;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.objective.TwoSidedSurrogate;
import org.grpo4j.objective.VespoSurrogate;

/** The loss of one token. */
public sealed interface SurrogateConfig {

  /** The surrogate with these settings. */
  Surrogate surrogate();

  /**
   * The clipped surrogate (Eq. 4).
   *
   * @param clipLow how far below 1 the ratio may go
   * @param clipHigh how far above 1 the ratio may go
   */
  @Kind(value = "clip", description = "The clipped surrogate of PPO and GRPO (Eq. 4).")
  record Clip(
      @Setting(value = "The ratio is clipped at 1 minus this.", byDefault = "0.2", range = "[0, 1]")
          double clipLow,
      @Setting(
              value = "The ratio is clipped at 1 plus this.",
              byDefault = "0.2",
              range = "[0, inf)")
          double clipHigh)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new ClippedSurrogate(clipLow, clipHigh);
    }
  }

  /**
   * Two-sided clipping.
   *
   * @param clipLow how far below 1 the ratio may go
   * @param clipHigh how far above 1 the ratio may go
   * @param delta upper bound of the ratio, whatever the advantage
   */
  @Kind(
      value = "two-sided",
      description = "The clipped surrogate with a second upper bound of the ratio (INTELLECT-2).")
  record TwoSided(
      @Setting(value = "The ratio is clipped at 1 minus this.", byDefault = "0.2", range = "[0, 1]")
          double clipLow,
      @Setting(
              value = "The ratio is clipped at 1 plus this.",
              byDefault = "0.2",
              range = "[0, inf)")
          double clipHigh,
      @Setting(
              value = "Upper bound of the ratio, whatever the advantage.",
              byDefault = "4",
              range = "(0, inf)")
          double delta)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new TwoSidedSurrogate(new ClippedSurrogate(clipLow, clipHigh), delta);
    }
  }

  /**
   * Dual clip.
   *
   * @param clipLow how far below 1 the ratio may go
   * @param clipHigh how far above 1 the ratio may go
   * @param bound bound of the ratio for negative advantages
   */
  @Kind(
      value = "dual-clip",
      description = "The clipped surrogate with a bound for negative advantages (Ye et al. 2019).")
  record DualClip(
      @Setting(value = "The ratio is clipped at 1 minus this.", byDefault = "0.2", range = "[0, 1]")
          double clipLow,
      @Setting(
              value = "The ratio is clipped at 1 plus this.",
              byDefault = "0.2",
              range = "[0, inf)")
          double clipHigh,
      @Setting(
              value = "Bound of the ratio for negative advantages.",
              byDefault = "3",
              range = "(1, inf)")
          double bound)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new DualClipSurrogate(new ClippedSurrogate(clipLow, clipHigh), bound);
    }
  }

  /** Nothing is clipped. */
  @Kind(value = "unclipped", description = "The ratio times the advantage, not clipped.")
  record Unclipped() implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new ImportanceWeightedSurrogate();
    }
  }

  /** REINFORCE. */
  @Kind(value = "reinforce", description = "The log-probability times the advantage; no ratio.")
  record Reinforce() implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new ReinforceSurrogate();
    }
  }

  /**
   * CISPO.
   *
   * @param minRatio lower bound of the ratio; 0 for none
   * @param maxRatio upper bound of the ratio: the bound itself, not 1 plus it
   */
  @Kind(
      value = "cispo",
      description =
          "CISPO: the log-probability times a bounded ratio that counts as constant (Eq. 44).")
  record Cispo(
      @Setting(value = "Lower bound of the ratio; 0 for none.", byDefault = "0", range = "[0, inf)")
          double minRatio,
      @Setting(
              value = "Upper bound of the ratio: the bound itself, not 1 plus it.",
              byDefault = "5",
              range = "[0, inf)")
          double maxRatio)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new CispoSurrogate(minRatio, maxRatio);
    }
  }

  /**
   * SAPO.
   *
   * @param tauPositive temperature of the gate for positive advantages
   * @param tauNegative temperature of the gate for the others
   */
  @Kind(value = "sapo", description = "SAPO: a sigmoid gate instead of a clip (Eq. 45).")
  record Sapo(
      @Setting(
              value = "Temperature of the gate for positive advantages.",
              byDefault = "1.0",
              range = "(0, inf)")
          double tauPositive,
      @Setting(
              value = "Temperature of the gate for the others.",
              byDefault = "1.05",
              range = "(0, inf)")
          double tauNegative)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new SapoSurrogate(tauPositive, tauNegative);
    }
  }

  /**
   * VESPO.
   *
   * @param kPositive how fast the weight fades below ratio 1, for advantages of at least 0
   * @param lambdaPositive how fast it fades above, for advantages of at least 0
   * @param kNegative the same below, for negative advantages
   * @param lambdaNegative the same above, for negative advantages
   */
  @Kind(
      value = "vespo",
      description =
          "VESPO: the log-probability times a constant weight that fades on both sides of ratio"
              + " k / lambda (Eq. 46).")
  record Vespo(
      @Setting(
              value = "How fast the weight fades below, for advantages of at least 0.",
              byDefault = "2",
              range = "[0, 100]")
          double kPositive,
      @Setting(
              value = "How fast it fades above, for advantages of at least 0.",
              byDefault = "3",
              range = "[0, 100]")
          double lambdaPositive,
      @Setting(
              value = "How fast it fades below, for negative advantages.",
              byDefault = "3",
              range = "[0, 100]")
          double kNegative,
      @Setting(
              value = "How fast it fades above, for negative advantages.",
              byDefault = "2",
              range = "[0, 100]")
          double lambdaNegative)
      implements SurrogateConfig {

    @Override
    public Surrogate surrogate() {
      return new VespoSurrogate(kPositive, lambdaPositive, kNegative, lambdaNegative);
    }
  }
}
