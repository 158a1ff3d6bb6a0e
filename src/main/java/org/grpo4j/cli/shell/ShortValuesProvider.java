package org.grpo4j.cli.shell;

import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** The door by which JShell finds {@link ShortValues}; named in {@code META-INF/services}. */
public final class ShortValuesProvider implements ExecutionControlProvider {

  /** The name of the execution engine in JShell's option {@code --execution}. */
  static final String NAME = "grpo4j";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
    return new ShortValues();
  }
}
