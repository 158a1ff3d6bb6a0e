package org.grpo4j.course.judge;

/** The inputs of a case: a record, the names of whose components a student reads. */
interface Inputs {

  /** The size of a difference that is rounding, whatever the size of the right answer. */
  default double rounding() {
    return 1e-10;
  }
}
