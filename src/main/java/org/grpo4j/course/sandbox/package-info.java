/**
 * A student's program at arm's length: compiled, looked through and run in a process of its own
 * that is given inputs and gives back numbers. Nothing else of a submission reaches the grader.
 *
 * <p>Reading order: {@link org.grpo4j.course.sandbox.Submission} (from a directory to classes),
 * {@link org.grpo4j.course.sandbox.ClassGate} (what the classes may refer to; the list is the
 * resource {@code allowed.txt}), {@link org.grpo4j.course.sandbox.SubmissionProcess} (the process
 * and its limits) and {@link org.grpo4j.course.sandbox.SubmissionServer} (its other side), {@link
 * org.grpo4j.course.sandbox.RemotePieces} (that process as {@link
 * org.grpo4j.course.catalogue.Pieces}). Whatever goes wrong is a {@link
 * org.grpo4j.course.sandbox.SubmissionException}.
 *
 * <p><b>To allow a class of the JDK</b>, add it to {@code allowed.txt}, after a look at whether it
 * opens files, loads classes or starts threads. What no list prevents is said in {@code
 * docs/course/hostile.md}, with the container that does.
 */
@NullMarked
package org.grpo4j.course.sandbox;

import org.jspecify.annotations.NullMarked;
