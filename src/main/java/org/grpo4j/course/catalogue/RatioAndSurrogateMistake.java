package org.grpo4j.course.catalogue;

import java.util.Arrays;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.RatioRow;
import org.grpo4j.objective.ReinforceSurrogate;

/** Typical mistakes in the ratio and the clipped surrogate (Eq. 2, Eq. 4, Eq. 47). */
enum RatioAndSurrogateMistake implements Mistake {
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
  BOUNDARY_CLIPPED {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      boolean clipped = advantage > 0 ? ratio >= 1 + high : ratio <= 1 - low;
      return clipped ? 0 : super.surrogateSlope(ratio, advantage, low, high);
    }
  },
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
  CLIPPED_TOKENS_KEEP_THEIR_GRADIENT {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return -ratio * advantage;
    }
  },
  RATIO_DETACHED {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return 0;
    }
  },
  RATIO_FACTOR_FORGOTTEN {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      return super.surrogateSlope(ratio, advantage, low, high) / ratio;
    }
  },
  ADVANTAGE_NOT_DETACHED {
    @Override
    public double surrogateSlope(double ratio, double advantage, double low, double high) {
      double advantageByLogProb = -0.05;
      return super.surrogateSlope(ratio, advantage, low, high) - ratio * advantageByLogProb;
    }
  },
  RATIO_INVERTED {
    @Override
    public DoubleVector ratios(RatioRow row) {
      double[] ratios = super.ratios(row).toArray();
      Arrays.setAll(ratios, t -> 1 / ratios[t]);
      return DoubleVector.of(ratios);
    }
  },
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
  LENGTH_NORMALIZATION_FORGOTTEN {
    @Override
    public DoubleVector sequenceRatios(RatioRow row) {
      return DoubleVector.constant(row.mask().size(), Math.exp(row.logRatios().sum()));
    }
  },
  SEQUENCE_RATIO_OVER_PADDING {
    @Override
    public DoubleVector sequenceRatios(RatioRow row) {
      double mean = row.logRatios().sum() / row.mask().size();
      return DoubleVector.constant(row.mask().size(), Math.exp(mean));
    }
  }
}
