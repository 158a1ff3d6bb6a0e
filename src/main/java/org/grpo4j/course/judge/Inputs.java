package org.grpo4j.course.judge;

/** The inputs of a case; {@code toString} is what a student reads of them. */
interface Inputs {

  /** The size of a difference that is rounding, whatever the size of the right answer. */
  default double rounding() {
    return 1e-12;
  }
}
