package org.grpo4j.course.answers;

/**
 * A number that a known misunderstanding leads to.
 *
 * @param value the number
 * @param what what it is instead
 */
record WrongAnswer(double value, String what) {}
