package org.grpo4j.course.catalogue;

@Story(
    area = "logits",
    what = "The logits after a token are used to score that token.",
    symptom =
        "Log-probabilities of another position; the ratio at the first step is not 1 if only one"
            + " side is shifted.")
final class LabelsShifted extends Mistake {

  @Override
  public int logitColumn(int t) {
    return t + 1;
  }
}
