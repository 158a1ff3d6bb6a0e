package org.grpo4j.course.catalogue;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.RatioRow;
import org.grpo4j.objective.ReinforceSurrogate;

/** Typical mistakes in the ratio and the clipped surrogate (Eq. 2, Eq. 4, Eq. 47). */
enum RatioAndSurrogateMistake implements Mistake {
  @Story(
      what = "For A < 0 the larger of the two surrogates is taken instead of the smaller.",
      symptom =
          "Bad tokens that became likelier are not pulled back, those already suppressed are pushed"
              + " on without bound.",
      seen = "rasbt, reasoning-from-scratch 7_4_plus_clip_ratio.py:208")
  MAX_FOR_NEGATIVE_ADVANTAGE {
    @Override
    public double surrogateLoss(double ratio, double advantage, double low, double high) {
      double unclipped = ratio * advantage;
      double clipped = Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
      return advantage < 0 ? -Math.max(unclipped, clipped) : -Math.min(unclipped, clipped);
    }

    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return ratio > 1 + high ? 0 : -ratio * advantage;
    }
  },

  @Story(
      what = "The clipped term alone is the loss, without the minimum.",
      symptom = "Tokens that went the wrong way lose their gradient and stay lost.")
  NO_MINIMUM {
    @Override
    public double surrogateLoss(double ratio, double advantage, double low, double high) {
      return -Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
    }

    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return ratio < 1 - low || ratio > 1 + high ? 0 : -ratio * advantage;
    }
  },

  @Story(
      what = "The upper and the lower range are exchanged.",
      symptom = "Clip-higher becomes clip-lower; entropy falls faster than without it.")
  CLIP_RANGE_SWAPPED {
    @Override
    public double surrogateLoss(double ratio, double advantage, double low, double high) {
      return super.surrogateLoss(ratio, advantage, high, low);
    }

    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return super.surrogateSlope(ratio, advantage, high, low);
    }
  },

  @Story(
      what = "For A > 0 the lower bound clips, for A < 0 the upper one.",
      symptom = "Nothing stops a step in the wanted direction.")
  CLIP_ON_THE_WRONG_SIDE {
    @Override
    public double surrogateLoss(double ratio, double advantage, double low, double high) {
      double unclipped = ratio * advantage;
      double clipped = Math.max(1 - low, Math.min(ratio, 1 + high)) * advantage;
      return -Math.max(unclipped, clipped);
    }

    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      boolean clipped = advantage > 0 ? ratio < 1 - low : ratio > 1 + high;
      return clipped ? 0 : -ratio * advantage;
    }
  },

  @Story(
      what = "A ratio exactly on the bound counts as clipped.",
      symptom = "With a range of 0, nothing is learnt in the first step, where every ratio is 1.")
  BOUNDARY_CLIPPED {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      boolean clipped = advantage > 0 ? ratio >= 1 + high : ratio <= 1 - low;
      return clipped ? 0 : super.surrogateSlope(ratio, advantage, low, high);
    }
  },

  @Story(
      what = "The log-ratio is clipped to [-low, high] instead of the ratio.",
      symptom = "The range is [0.82, 1.22] instead of [0.8, 1.2].",
      seen = "easy to make; right for GMPO",
      elsewhere = "GMPO does so; Eq. 4 here clips the ratio.")
  CLIP_IN_LOG_SPACE {
    @Override
    public double surrogateLoss(double ratio, double advantage, double low, double high) {
      double clipped = Math.exp(Math.max(-low, Math.min(Math.log(ratio), high)));
      return -Math.min(ratio * advantage, clipped * advantage);
    }

    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      boolean clipped =
          advantage > 0 ? Math.log(ratio) > high : advantage < 0 && Math.log(ratio) < -low;
      return clipped ? 0 : -ratio * advantage;
    }
  },

  @Story(
      what = "The loss is clipped, its derivative is not.",
      symptom = "Clipping has no effect, though the clip fraction is reported.",
      seen = "easy to make in hand-written backward passes")
  CLIPPED_TOKENS_KEEP_THEIR_GRADIENT {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return -ratio * advantage;
    }
  },

  @Story(
      what = "The ratio is a constant: no gradient flows through it.",
      symptom = "The policy does not change at all.")
  RATIO_DETACHED {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return 0;
    }
  },

  @Story(
      what =
          "The derivative of the ratio by the log-probability is taken to be 1 instead of the"
              + " ratio.",
      symptom = "Right in the first step, wrong in all later ones.",
      seen = "easy to make in hand-written backward passes")
  RATIO_FACTOR_FORGOTTEN {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return super.surrogateSlope(ratio, advantage, low, high) / ratio;
    }
  },

  @Story(
      what = "A divergence in the reward is differentiated through the advantage.",
      symptom = "Adds K1 to the loss: noise without any pull.",
      seen = "easy to make with automatic differentiation")
  ADVANTAGE_NOT_DETACHED {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      double advantageByLogProb = -0.05;
      return super.surrogateSlope(ratio, advantage, low, high) - ratio * advantageByLogProb;
    }
  },

  @Story(
      what = "Old over new instead of new over old.",
      symptom = "Right in the first step; later, clipping protects the wrong tokens.")
  RATIO_INVERTED {
    @Override
    public DoubleVector ratios(RatioRow row) {
      double[] ratios = super.ratios(row).toArray();
      for (int t = 0; t < ratios.length; t++) {
        ratios[t] = 1 / ratios[t];
      }
      return DoubleVector.of(ratios);
    }
  },

  @Story(
      what = "The old log-probabilities are recomputed in every inner step.",
      symptom =
          "The ratio is always exactly 1 and nothing is ever clipped, also with several inner"
              + " epochs.",
      seen = "huggingface/trl#3120 asks whether this is one")
  OLD_POLICY_ALWAYS_CURRENT {
    @Override
    public DoubleVector ratios(RatioRow row) {
      return DoubleVector.constant(row.mask().size(), 1);
    }

    /** With a ratio of 1 every surrogate has the slope of REINFORCE. */
    @Override
    public TokenTable training(TrainingRun run) {
      return run.numbers(new ReinforceSurrogate());
    }
  },

  @Story(
      what = "The ratio of a completion is the plain product, without the root of its length.",
      symptom = "Long completions leave the narrow range of GSPO at once.",
      elsewhere = "RLOO as in TRL does so (Eq. 48); GSPO's ratio, Eq. 47, is the geometric mean.")
  LENGTH_NORMALIZATION_FORGOTTEN {
    @Override
    public DoubleVector sequenceRatios(RatioRow row) {
      return DoubleVector.constant(row.mask().size(), Math.exp(row.logRatios().sum()));
    }
  },

  @Story(
      what = "The log-ratio of a completion is divided by the padded width instead of its length.",
      symptom =
          "Ratios of short completions are too near 1 and depend on the longest of the batch.")
  SEQUENCE_RATIO_OVER_PADDING {
    @Override
    public DoubleVector sequenceRatios(RatioRow row) {
      double mean = row.logRatios().sum() / row.mask().size();
      return DoubleVector.constant(row.mask().size(), Math.exp(mean));
    }
  }
}
