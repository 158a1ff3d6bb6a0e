package org.grpo4j.rollout;

import org.grpo4j.task.TokenSequence;

/**
 * A prompt and its completion as the policy scores them: the prompt is given, each completion token
 * has a log-probability.
 *
 * @param prompt the tokens that are given
 * @param completion the tokens that are scored
 */
public record Sequence(TokenSequence prompt, TokenSequence completion) {}
