package org.grpo4j.course.catalogue;

import java.util.List;

/** Every mistake, in the order of the page. */
public final class Mistakes {

  private Mistakes() {}

  /** One of each. */
  public static List<Mistake> all() {
    return List.of(
        new PopulationDeviation(),
        new EpsilonInsideTheRoot(),
        new EpsilonMissing(),
        new WholeBatchNormalization(),
        new DoubleNormalization(),
        new BaselineForgotten(),
        new AdvantageSignFlipped(),
        new DeadGroupByDeviation(),
        new MissingRewardAsZero(),
        new LeaveOneOutKeepsItself(),
        new LeaveOneOutDividesByAll(),
        new MisalignedGroups(),
        new PromptsTiled(),
        new MaxForNegativeAdvantage(),
        new NoMinimum(),
        new ClipRangeSwapped(),
        new ClipOnTheWrongSide(),
        new BoundaryClipped(),
        new ClipInLogSpace(),
        new ClippedTokensKeepTheirGradient(),
        new RatioDetached(),
        new RatioFactorForgotten(),
        new AdvantageNotDetached(),
        new RatioInverted(),
        new OldPolicyAlwaysCurrent(),
        new LengthNormalizationForgotten(),
        new SequenceRatioOverPadding(),
        new K1InTheLoss(),
        new K3Inverted(),
        new K3WithoutMinusOne(),
        new K3LosesItsDigits(),
        new DivergenceRewarded(),
        new DivergenceNotInTheGradient(),
        new DivergenceSignInTheReward(),
        new EndSymbolMasked(),
        new PaddingTrained(),
        new FirstTokenDropped(),
        new MaskAfterExponential(),
        new TokenMeanForSequenceMean(),
        new SumForMean(),
        new PaddingCounted(),
        new EmptyRowDividesByZero(),
        new MeanOfMicroBatchMeans(),
        new LabelsShifted(),
        new TemperatureForgottenInScoring(),
        new TemperatureForgottenInGradient(),
        new OnlyTheSampledLogit(),
        new EntropyPunished(),
        new EntropyBySample(),
        new GaeOffByOne(),
        new GaeThroughPadding(),
        new GaeBootstrapsFinishedRows(),
        new GaeLambdaForgotten(),
        new ReturnsFromWhitenedAdvantages(),
        new WhiteningOverPadding(),
        new ValueClipTakesTheMinimum(),
        new ValueClipAroundTheTarget(),
        new RewardAtTheLastColumn(),
        new InnerEpochsForgotten(),
        new MiniBatchesForgotten(),
        new ReferenceNeverRefreshed(),
        new ReferenceAlwaysCurrent(),
        new WarmupForgotten(),
        new GradientNotClipped(),
        new PassAtKWithReplacement());
  }
}
