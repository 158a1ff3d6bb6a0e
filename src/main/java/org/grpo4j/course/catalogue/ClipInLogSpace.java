package org.grpo4j.course.catalogue;

@Story(
    area = "ratio and surrogate",
    what = "The log-ratio is clipped to [-low, high] instead of the ratio.",
    symptom = "The range is [0.82, 1.22] instead of [0.8, 1.2].",
    seen = "easy to make; right for GMPO",
    elsewhere = "GMPO does so; Eq. 4 here clips the ratio.")
final class ClipInLogSpace extends Mistake {

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
}
