package org.grpo4j.mistakes;

/** 1 - (1 - c/n)^k instead of the unbiased estimate. */
public final class PassAtKWithReplacement extends Mistake {

  @Override
  public String area() {
    return "evaluation";
  }

  @Override
  public String what() {
    return "1 - (1 - c/n)^k instead of the unbiased estimate.";
  }

  @Override
  public String symptom() {
    return "pass@k is too low, the more so the nearer k is to n.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

  @Override
  public double passAtK(int samples, int correct, int k) {
    return 1 - Math.pow(1 - correct / (double) samples, k);
  }
}
