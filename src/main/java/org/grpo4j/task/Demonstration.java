package org.grpo4j.task;

/**
 * A problem and a completion for it, right or wrong: one example to imitate.
 *
 * @param problem the question
 * @param completion the text that was written, without the end token
 */
public record Demonstration(Problem problem, String completion) {}
