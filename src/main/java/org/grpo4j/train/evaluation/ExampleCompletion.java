package org.grpo4j.train.evaluation;

import org.grpo4j.rollout.Completion;
import org.grpo4j.task.Problem;

/**
 * What the policy wrote for one of the fixed problems that every evaluation shows.
 *
 * @param problem the question
 * @param completion the greedy completion
 * @param correct whether it is right
 */
public record ExampleCompletion(Problem problem, Completion completion, boolean correct) {}
