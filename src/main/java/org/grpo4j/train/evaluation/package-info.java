/**
 * The measurement of how good a policy is at its task: {@link
 * org.grpo4j.train.evaluation.Evaluator} asks a fixed list of problems and answers with an {@link
 * org.grpo4j.train.evaluation.Evaluation}. It shares no random numbers with training.
 */
@NullMarked
package org.grpo4j.train.evaluation;

import org.jspecify.annotations.NullMarked;
