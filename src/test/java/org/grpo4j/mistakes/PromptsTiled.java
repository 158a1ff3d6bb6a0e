package org.grpo4j.mistakes;

/** The list of prompts is repeated G times instead of each prompt G times. */
public final class PromptsTiled extends Mistake {

  @Override
  public String area() {
    return "advantage";
  }

  @Override
  public String what() {
    return "The list of prompts is repeated G times instead of each prompt G times.";
  }

  @Override
  public String symptom() {
    return "The same as misaligned groups, made on the sampling side.";
  }

  @Override
  public String seen() {
    return "PrimeIntellect-ai/prime-rl PR #600";
  }

  @Override
  public int promptOfRow(int row, int prompts, int groupSize) {
    return row % prompts;
  }
}
