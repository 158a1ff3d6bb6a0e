package org.grpo4j.objective;

import java.util.List;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Elementary;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.Numbers;
import org.grpo4j.math.Require;

/**
 * DPPO (Eq. 59; arXiv 2602.04879): a token is left out once its probability, and not its ratio, has
 * moved too far the way {@code A} wants it to go.
 *
 * <pre>
 * loss = -A phi(rho) [kept],   phi = rho up to maxRatio, maxRatio (1 + log(rho / maxRatio)) above
 * </pre>
 *
 * <p>Example: from 0.001 to 0.002 is a ratio of 2, which PPO clips, and 0.001 in total variation,
 * which is kept; from 0.5 to 0.75 a ratio of 1.5 and 0.25 in total variation.
 *
 * <p>{@code p_old = p / rho} is the old probability that the ratio implies, that of the token with
 * a ratio per token. Above {@code maxRatio} the coefficient stays {@code -A maxRatio}: that of
 * verl, which writes {@code -stop(min(rho, maxRatio)) A log pi}. prime-rl has no such bound.
 *
 * @param divergence what is compared with the bounds
 * @param low how far a token may have become less likely, if {@code A < 0}
 * @param high how far it may have become more likely, if {@code A > 0}; on the bound it is kept
 * @param maxRatio the ratio above which the coefficient stays, at least 1; infinity for none
 */
@Kind(
    value = "dppo",
    label = "DPPO",
    description = "DPPO: tokens whose probability moved too far are left out.",
    equation = 59)
public record DppoSurrogate(
    @Setting(
            value =
                "The distance of the new from the old probability: tv for their difference, kl for"
                    + " the KL divergence of drawing the token or not.",
            byDefault = "tv")
        Divergence divergence,
    @Setting(
            value = "Bound of the distance of tokens that become less likely.",
            byDefault = "0.2",
            range = "[0, inf)")
        double low,
    @Setting(
            value = "Bound of the distance of tokens that become more likely.",
            byDefault = "0.2",
            range = "[0, inf)")
        double high,
    @Setting(
            value = "Ratio above which the coefficient stays as it is.",
            byDefault = "20",
            range = "[1, inf]")
        double maxRatio)
    implements Surrogate {

  /** The distance between drawing the token or not, now and under the old policy. */
  public enum Divergence {
    /** Total variation: {@code |p - p_old|}. */
    TV("abs({0} - {1})") {
      @Override
      double between(double p, double old) {
        return Math.abs(p - old);
      }
    },

    /** {@code KL(old || new)}, 1e-8 added to the probabilities of not drawing it, as in verl. */
    KL("{1} * log({1} / {0}) + (1 - {1}) * log((1 - {1} + {2}) / (1 - {0} + {2}))") {
      @Override
      double between(double p, double old) {
        double drawn = old == 0 ? 0 : old * Elementary.log(old / p);
        return drawn + (1 - old) * Elementary.log((1 - old + TINY) / (1 - p + TINY));
      }
    };

    private static final double TINY = 1e-8;

    private final String formula;

    Divergence(String formula) {
      this.formula = formula;
    }

    abstract double between(double p, double old);
  }

  public DppoSurrogate {
    Require.atLeastZero("low", low);
    Require.atLeastZero("high", high);
    Require.that(maxRatio >= 1, "maxRatio", "at least 1", maxRatio);
  }

  @Override
  public SurrogateTerm term(double logProb, double ratio, double advantage) {
    ClipBranch branch = branch(logProb, ratio, advantage);
    double unclipped = Numbers.product(ratio, advantage);
    if (branch == ClipBranch.CLIPPED_LOW || branch == ClipBranch.CLIPPED_HIGH) {
      return SurrogateTerm.ofRatio(0, 0, unclipped, 0, branch);
    }
    double objective = branch == ClipBranch.INSIDE ? unclipped : advantage * beyond(ratio);
    double slope = branch == ClipBranch.INSIDE ? unclipped : advantage * maxRatio;
    return SurrogateTerm.ofRatio(-objective, -slope, unclipped, objective, branch);
  }

  /** {@code phi} above the bound: the slope by {@code log rho} stays what it is at the bound. */
  private double beyond(double ratio) {
    return maxRatio * (1 + Elementary.log(ratio / maxRatio));
  }

  private ClipBranch branch(double logProb, double ratio, double advantage) {
    double p = Elementary.exp(logProb);
    double old = oldProbability(p, ratio);
    double distance = divergence.between(p, old);
    if (advantage > 0 && p > old && distance > high) {
      return ClipBranch.CLIPPED_HIGH;
    }
    if (advantage < 0 && p < old && distance > low) {
      return ClipBranch.CLIPPED_LOW;
    }
    return advantage != 0 && ratio > maxRatio ? ClipBranch.BOUNDED : ClipBranch.INSIDE;
  }

  /** At most 1, also for a ratio that is not the token's own. */
  private static double oldProbability(double p, double ratio) {
    return ratio == 0 ? 1 : Math.min(1, p / ratio);
  }

  @Override
  public Explanation explain(double logProb, double ratio, double advantage) {
    return explain(logProb, ratio, advantage, term(logProb, ratio, advantage).loss(), "DPPO");
  }

  @Override
  public Explanation explainByLogRatio(double logProb, double ratio, double advantage) {
    double slope = term(logProb, ratio, advantage).lossByLogRatio();
    return explain(logProb, ratio, advantage, slope, "slope of DPPO");
  }

  /** Loss and slope differ above the bound of the ratio only. */
  private Explanation explain(
      double logProb, double ratio, double advantage, double value, String what) {
    Explanation distance = explainDistance(logProb, ratio);
    ClipBranch branch = branch(logProb, ratio, advantage);
    Explanation ratioPart = Explanation.of(ratio, "rho", "ratio");
    Explanation advantagePart = Explanation.of(advantage, "A", "advantage");
    String description = what + ", " + branch.words();
    return switch (branch) {
      case INSIDE ->
          Explanation.filled(
              value, "", description, "-{0} * {1}", ratioPart, advantagePart, distance);
      case BOUNDED -> Explanation.of(value, "", description, ratioPart, advantagePart, distance);
      default -> {
        double bound = branch == ClipBranch.CLIPPED_HIGH ? high : low;
        String why = what + ": 0, because D is more than " + Numbers.brief(bound);
        yield Explanation.of(0, "", why + " (" + branch.words() + ")", distance, advantagePart);
      }
    };
  }

  private Explanation explainDistance(double logProb, double ratio) {
    double p = Elementary.exp(logProb);
    double old = oldProbability(p, ratio);
    boolean computed = p > 0 && old > 0 && ratio > 0;
    return new Explanation(
        divergence.between(p, old),
        "D",
        "distance of the new from the old probability",
        computed ? divergence.formula : "",
        List.of(
            Explanation.of(p, "p", "probability of the token"),
            Explanation.of(old, "p_old", "that under the old policy, p / rho"),
            Explanation.of(Divergence.TINY, "", "1e-8")));
  }
}
