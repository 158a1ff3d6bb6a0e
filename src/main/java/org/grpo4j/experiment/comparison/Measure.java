package org.grpo4j.experiment.comparison;

/**
 * One number a run, to be compared.
 *
 * @param name what bands and files call it, such as {@code accuracy}
 * @param title what tables call it
 * @param source how it is found
 * @param isCost whether it is what a run takes, which is reported as a ratio, without tests
 */
public record Measure(String name, String title, MeasureSource source, boolean isCost) {

  public Measure {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be blank");
    }
  }
}
