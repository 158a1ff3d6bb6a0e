/**
 * Programs that run, learn a little, and are wrong: one fault each in a file of the library.
 *
 * <p>Reading order: {@link org.grpo4j.course.bugs.Bug} (a fault and how to know it), {@link
 * org.grpo4j.task.FewSums} (what the programs learn), {@link org.grpo4j.course.bugs.BuggyProgram}
 * (a run with it), {@link org.grpo4j.course.bugs.SilentBugs} (three of them for a student, and the
 * judgement of the answers).
 *
 * <p><b>To add a bug</b>, write an entry in {@code bugs.yaml}; a test says whether it can be seen.
 */
@NullMarked
package org.grpo4j.course.bugs;

import org.jspecify.annotations.NullMarked;
