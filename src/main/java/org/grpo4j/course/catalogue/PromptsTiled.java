package org.grpo4j.course.catalogue;

@Story(
    area = "advantage",
    what = "The list of prompts is repeated G times instead of each prompt G times.",
    symptom = "The same as misaligned groups, made on the sampling side.",
    seen = "PrimeIntellect-ai/prime-rl PR #600")
final class PromptsTiled extends Mistake {

  @Override
  public int promptOfRow(int row, int prompts, int groupSize) {
    return row % prompts;
  }
}
