package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "A ratio exactly on the bound counts as clipped.",
    symptom = "With a range of 0, nothing is learnt in the first step, where every ratio is 1.")
final class BoundaryClipped extends Mistake {

  @Override
  public double surrogateSlope(double ratio, double advantage, double low, double high) {
    boolean clipped = advantage > 0 ? ratio >= 1 + high : ratio <= 1 - low;
    return clipped ? 0 : super.surrogateSlope(ratio, advantage, low, high);
  }
}
