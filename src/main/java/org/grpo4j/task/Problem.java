package org.grpo4j.task;

/**
 * One question of a task.
 *
 * @param prompt what the policy is given, such as {@code 47+85=}
 * @param answer what a correct completion must amount to, such as {@code 132}; how it is compared
 *     is the task's business ({@link TaskSource#isCorrect})
 */
public record Problem(String prompt, String answer) {}
