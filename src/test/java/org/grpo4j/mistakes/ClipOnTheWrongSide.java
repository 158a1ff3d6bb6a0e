package org.grpo4j.mistakes;

/** For A &gt; 0 the lower bound clips, for A &lt; 0 the upper one. */
public final class ClipOnTheWrongSide extends Mistake {

  @Override
  public String area() {
    return "ratio and surrogate";
  }

  @Override
  public String what() {
    return "For A > 0 the lower bound clips, for A < 0 the upper one.";
  }

  @Override
  public String symptom() {
    return "Nothing stops a step in the wanted direction.";
  }

  @Override
  public String seen() {
    return "easy to make";
  }

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
}
