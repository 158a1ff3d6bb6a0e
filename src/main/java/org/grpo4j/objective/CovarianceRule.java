package org.grpo4j.objective;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;
import org.grpo4j.math.Masks;
import org.grpo4j.math.Moments;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;

/**
 * A rule for the few tokens that lower the entropy most: those with a large covariance of advantage
 * and log-probability (Eq. 63; arXiv 2505.22617), of the tokens of one optimiser step.
 *
 * <pre>cov_it = (A_it - mean A) (log pi_it - mean log pi)</pre>
 *
 * <p>A step along the advantages, {@code z_v += eta A_v}, changes the entropy of a soft-max by
 * {@code -eta Cov(A, log p)}: what is likely already and rewarded makes a policy decided.
 */
@Kinds(
    value = {CovarianceRule.ClipCov.class, CovarianceRule.KlCov.class},
    none = "Covariances are not looked at.")
public interface CovarianceRule {

  /** {@code inputs} with the factors of its tokens. */
  ObjectiveInputs weigh(ObjectiveInputs inputs, SplittableRandom random);

  /** Whether it changes the KL term and nothing else. */
  default boolean needsKl() {
    return false;
  }

  /**
   * A token.
   *
   * @param row its row
   * @param token its place in the row
   * @param covariance its share of the covariance
   */
  record Place(int row, int token, double covariance) {}

  /** The tokens that count, row by row. */
  static List<Place> places(ObjectiveInputs inputs) {
    TokenTable mask = inputs.mask();
    double advantage = Moments.ofMasked(inputs.advantages(), mask).mean();
    double logProb = Moments.ofMasked(inputs.logProbs(), mask).mean();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < mask.rows(); i++) {
      for (int t = 0; t < mask.length(i); t++) {
        if (mask.get(i, t) != 0) {
          double ahead = inputs.advantages().get(i, t) - advantage;
          places.add(new Place(i, t, ahead * (inputs.logProbs().get(i, t) - logProb)));
        }
      }
    }
    return places;
  }

  /** {@code share} of the tokens that count, at least one. */
  private static int count(double share, ObjectiveInputs inputs) {
    return Math.max(1, (int) (share * Masks.count(inputs.mask())));
  }

  /**
   * Clip-Cov: some tokens whose covariance is in a band, drawn by lot, lose their policy term. verl
   * leaves out of the draw what the clip stops already; here it takes part.
   *
   * @param share of all tokens that lose it, at least one token
   * @param low the covariance has to be above it
   * @param high and below it
   */
  @Kind(
      value = "clip",
      description = "Clip-Cov: tokens of large covariance, drawn by lot, lose their policy term.",
      equation = 63)
  record ClipCov(
      @Setting(
              value = "Share of all tokens that lose it, at least one token.",
              byDefault = "2e-4",
              range = "(0, 1]")
          double share,
      @Setting(value = "The covariance has to be above it.", byDefault = "1", range = "[0, inf)")
          double low,
      @Setting(value = "The covariance has to be below it.", byDefault = "5", range = "(0, inf]")
          double high)
      implements CovarianceRule {

    public ClipCov {
      Require.that(share > 0 && share <= 1, "share", "in (0, 1]", share);
      Require.atLeastZero("low", low);
      Require.that(high > 0, "high", "positive", high);
      Require.that(high > low, "high", "greater than low " + low, high);
    }

    @Override
    public ObjectiveInputs weigh(ObjectiveInputs inputs, SplittableRandom random) {
      List<Place> candidates = new ArrayList<>();
      for (Place place : places(inputs)) {
        if (place.covariance() > low && place.covariance() < high) {
          candidates.add(place);
        }
      }
      double[][] weights = inputs.tokenWeights().orElse(inputs.mask()).toArrays();
      int lost = Math.min(count(share, inputs), candidates.size());
      for (int k = 0; k < lost; k++) {
        Place drawn = candidates.remove(random.nextInt(candidates.size()));
        weights[drawn.row()][drawn.token()] = 0;
      }
      return inputs.withTokenWeights(TokenTable.of(weights));
    }
  }

  /**
   * KL-Cov: the KL term is there for the tokens of the largest covariances only. With {@code |log
   * rho|}, that is {@code objective.kl} from the old policy with the estimator {@code absolute}.
   *
   * @param share of all tokens that have it, at least one token
   */
  @Kind(
      value = "kl",
      description = "KL-Cov: only the tokens of largest covariance have the KL term of the loss.",
      equation = 63)
  record KlCov(
      @Setting(
              value = "Share of all tokens that have it, at least one token.",
              byDefault = "2e-4",
              range = "(0, 1]")
          double share)
      implements CovarianceRule {

    public KlCov {
      Require.that(share > 0 && share <= 1, "share", "in (0, 1]", share);
    }

    @Override
    public boolean needsKl() {
      return true;
    }

    @Override
    public ObjectiveInputs weigh(ObjectiveInputs inputs, SplittableRandom random) {
      List<Place> places = places(inputs);
      places.sort(Comparator.comparingDouble(Place::covariance).reversed());
      double[][] weights = TokenTable.constant(inputs.mask().lengths(), 0).toArrays();
      int chosen = Math.min(count(share, inputs), places.size());
      for (Place place : places.subList(0, chosen)) {
        weights[place.row()][place.token()] = 1;
      }
      return inputs.withKlWeights(TokenTable.of(weights));
    }
  }
}
