package org.grpo4j.experiment.config;

/**
 * The place where a key or value was written.
 *
 * @param source the file as the user named it, or the command-line option
 * @param line line number from 1, or 0 if lines make no sense there
 */
public record Origin(String source, int line) {

  /** {@code experiments/think-add.yaml:12}, or the source alone. */
  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
