package org.grpo4j.mistakes;

import java.util.Locale;

/**
 * A typical mistake: a plausible wrong version of one piece. Its class comment tells what it does;
 * these tell the rest of the story. Some check must see it, see {@link MistakesTest}.
 */
public abstract class Mistake extends Pieces {

  /** Name in words, from the class name. */
  public String title() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** The part of the method it belongs to. */
  public abstract String area();

  /** What is wrong, in one sentence. */
  public abstract String what();

  /** What one notices in a run, if anything. */
  public abstract String symptom();

  /** Where it was seen, or that it is simply easy to make. */
  public abstract String seen();

  @Override
  public String toString() {
    return title();
  }
}
