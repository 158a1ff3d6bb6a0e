package org.grpo4j.cli.shell;

import java.util.regex.Pattern;
import jdk.jshell.execution.LocalExecutionControl;
import org.grpo4j.math.Numbers;

/**
 * Execution of what is typed, in this very process, with values as people read them: every number
 * with a fraction to four significant digits, in arrays and records too. The values themselves keep
 * all their digits, and so does what a program prints or a string holds.
 */
final class ShortValues extends LocalExecutionControl {

  /** {@code 0.8660254037844387}, {@code -1.0E-7}; not a part of {@code 17.0.15}. */
  private static final Pattern FRACTION =
      Pattern.compile("(?<![\\w.])-?\\d+\\.\\d+(?:E-?\\d+)?(?![\\w.])");

  @Override
  public String invoke(String className, String methodName)
      throws RunException, EngineTerminationException, InternalException {
    return shortened(super.invoke(className, methodName));
  }

  @Override
  public String varValue(String className, String varName)
      throws RunException, EngineTerminationException, InternalException {
    return shortened(super.varValue(className, varName));
  }

  /** The value as JShell writes it, with short numbers; a string stays as it is. */
  static String shortened(String value) {
    if (value.startsWith("\"")) {
      return value;
    }
    String text =
        FRACTION
            .matcher(value.stripTrailing())
            .replaceAll(number -> Numbers.brief(Double.parseDouble(number.group())));
    return text.contains("\n")
        ? "\n" + text
        : text; // trees and tables begin on a line of their own
  }
}
