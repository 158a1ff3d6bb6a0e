/**
 * The tasks: tiny problems with an answer that can be checked by rule.
 *
 * <p>Reading order: {@link org.grpo4j.task.Problem} and {@link org.grpo4j.task.Vocabulary} (what a
 * question is and which symbols there are), {@link org.grpo4j.task.TaskSource} (what every task
 * offers), {@link org.grpo4j.task.ThinkAdd} (the task of the main job), {@link
 * org.grpo4j.task.ColdStartCorpus} (what a policy learns from before reinforcement learning
 * starts). The other tasks each show one phenomenon; their Javadoc says which. {@link
 * org.grpo4j.task.BilingualAdd} has a wanted alphabet besides right answers, {@link
 * org.grpo4j.task.Logic} and {@link org.grpo4j.task.Program} are verified by a solver and by
 * running what was written, {@link org.grpo4j.task.MixedTask} puts several tasks together.
 *
 * <p>Texts become tokens one character each. A prompt is everything up to and including {@code =}
 * or {@code ?}; all prompts of a task have the same length, so batches need no padding on the left.
 * A completion ends with {@code $}, which texts leave out. A problem may have labels, such as its
 * difficulty: metrics and evaluations count each by itself.
 *
 * <p><b>To add a task</b>: write one class that extends {@link org.grpo4j.task.ListedTask} (copy
 * {@link org.grpo4j.task.ReversedAddition}, the shortest) and add its line to the list above {@link
 * org.grpo4j.task.TaskSource}. {@code ./grpo4j train --set task=NAME} selects it. The tests in
 * {@code TasksTest} then cover it: same prompt lengths, a split without overlap, demonstrations
 * that fit the limit, a verifier that accepts the right answer. {@code docs/extending.md} shows it
 * step by step.
 */
@NullMarked
package org.grpo4j.task;

import org.jspecify.annotations.NullMarked;
