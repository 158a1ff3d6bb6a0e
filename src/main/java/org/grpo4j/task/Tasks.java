package org.grpo4j.task;

import java.util.List;

/** The tasks by name. */
public final class Tasks {

  private static final List<String> NAMES =
      List.of(
          ThinkAdd.NAME,
          ReversedAddition.NAME,
          Countdown.NAME,
          DigitChain.NAME,
          DigitSum.NAME,
          DigitSumMod10.NAME);

  private Tasks() {}

  /** The names {@link #byName} knows, the main job's first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The task called {@code name}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static TaskSource byName(String name) {
    return switch (name) {
      case ThinkAdd.NAME -> new ThinkAdd();
      case ReversedAddition.NAME -> new ReversedAddition();
      case Countdown.NAME -> new Countdown();
      case DigitChain.NAME -> new DigitChain();
      case DigitSum.NAME -> new DigitSum();
      case DigitSumMod10.NAME -> new DigitSumMod10();
      default ->
          throw new IllegalArgumentException(
              "task: must be one of " + String.join(", ", NAMES) + ", got \"" + name + "\"");
    };
  }
}
