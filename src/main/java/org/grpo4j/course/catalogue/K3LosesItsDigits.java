package org.grpo4j.course.catalogue;

@Story(
    area = "divergence",
    what = "exp(-x) + x - 1 is computed in float as it is written.",
    symptom = "Near the reference the divergence is noise, sometimes negative.")
final class K3LosesItsDigits extends Mistake {

  @Override
  public double klValue(double logProb, double referenceLogProb) {
    float x = (float) (logProb - referenceLogProb);
    return (float) Math.exp(-x) + x - 1f;
  }
}
