/**
 * The labs whose hand-in is no class but answers: numbers that an enumeration checks, and the
 * conclusion of an experiment that is computed again.
 *
 * <p>Read {@link org.grpo4j.course.answers.SmallWorld} first: a policy so small that all groups can
 * be listed. {@link org.grpo4j.course.answers.EnumerationQuestion} has the questions of lab 8 with
 * what known misunderstandings lead to; a new question is one more entry there. {@link
 * org.grpo4j.course.answers.ExperimentLab} judges lab 9.
 */
@NullMarked
package org.grpo4j.course.answers;

import org.jspecify.annotations.NullMarked;
