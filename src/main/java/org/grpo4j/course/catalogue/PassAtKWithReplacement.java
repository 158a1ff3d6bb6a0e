package org.grpo4j.course.catalogue;

@Story(
    area = "evaluation",
    what = "1 - (1 - c/n)^k instead of the unbiased estimate.",
    symptom = "pass@k is too low, the more so the nearer k is to n.")
final class PassAtKWithReplacement extends Mistake {

  @Override
  public double passAtK(int samples, int correct, int k) {
    return 1 - Math.pow(1 - correct / (double) samples, k);
  }
}
