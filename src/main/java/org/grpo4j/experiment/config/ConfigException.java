package org.grpo4j.experiment.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; its message is what the user gets to read. */
public final class ConfigException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized
  private final List<ConfigProblem> problems;

  /**
   * @param problems what is wrong, at least one problem
   */
  public ConfigException(List<ConfigProblem> problems) {
    this.problems = List.copyOf(problems);
  }

  /** A configuration with one problem. */
  public ConfigException(Origin origin, String path, String rule, String remedy) {
    this(List.of(new ConfigProblem(origin, path, rule, remedy)));
  }

  /** One or two lines for each problem. */
  @Override
  public String getMessage() {
    return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
  }

  /** The problems, in file order. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
