package org.grpo4j.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The tasks by the names they have in experiment files. */
public final class Tasks {

  /** Every task, the main job's first. A new one adds its line in {@link #all}. */
  public static final Map<String, Supplier<TaskSource>> ALL = Collections.unmodifiableMap(all());

  private Tasks() {}

  private static Map<String, Supplier<TaskSource>> all() {
    Map<String, Supplier<TaskSource>> all = new LinkedHashMap<>();
    all.put("think-add", ThinkAdd::new);
    all.put("addc", ReversedAddition::new);
    all.put("countdown", Countdown::new);
    all.put("chain", DigitChain::new);
    all.put("digit-sum", DigitSum::bothDigits);
    all.put("digit-sum-mod10", DigitSum::lastDigit);
    return all;
  }

  /** The names {@link #byName} knows, the main job's first. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The task called {@code name}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static TaskSource byName(String name) {
    Supplier<TaskSource> task = ALL.get(name);
    if (task == null) {
      throw new IllegalArgumentException(
          "task: must be one of " + String.join(", ", names()) + ", got \"" + name + "\"");
    }
    return task.get();
  }
}
