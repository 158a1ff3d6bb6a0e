package org.grpo4j.whatif;

/** A setting besides the choice of a variant: a number, or one of some words. */
public sealed interface Parameter permits NumberParameter, ChoiceParameter {

  /** Its name, as in experiment files but in camel case. */
  String name();

  /** What it does, in a sentence. */
  String help();
}
