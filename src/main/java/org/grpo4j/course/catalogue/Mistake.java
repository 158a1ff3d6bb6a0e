package org.grpo4j.course.catalogue;

import java.util.Locale;
import java.util.Objects;

/**
 * A typical mistake: a plausible wrong version of one piece, everything else as the library has it.
 * Each carries its {@link Story}.
 */
public abstract class Mistake implements Pieces {

  /** Name in words, from the class name. */
  public final String title() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** Area, fault, symptom and where it was seen. */
  public final Story story() {
    return Objects.requireNonNull(getClass().getAnnotation(Story.class), "every mistake has one");
  }

  @Override
  public final String toString() {
    return title();
  }
}
