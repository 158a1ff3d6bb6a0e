package org.grpo4j.experiment.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param origin where it was written
 * @param path the key from the top, such as {@code train.group_size}; empty for the file as a whole
 * @param rule what holds of a correct value and what was found instead
 * @param remedy what to do
 */
public record ConfigProblem(Origin origin, String path, String rule, String remedy) {

  /** One line for the problem and, if there is a remedy, one more. */
  @Override
  public String toString() {
    String head = origin + ": " + (path.isEmpty() ? "" : path + ": ") + rule;
    return remedy.isEmpty() ? head : head + "\n  " + remedy;
  }
}
