/**
 * Rewards by rule: how good a completion is, as a number.
 *
 * <p>Reading order: {@link org.grpo4j.reward.RewardFunction} and {@link org.grpo4j.reward.Reward}
 * (the contract: a pure function, named parts, a weighted total), {@link
 * org.grpo4j.reward.CorrectnessReward} (the verifier of the main job). {@link
 * org.grpo4j.reward.WeightedReward} adds several up. {@link
 * org.grpo4j.reward.CharacterCreditReward} gives credit for part of an answer; {@link
 * org.grpo4j.reward.LanguageConsistencyReward} and {@link org.grpo4j.reward.ReadableReward} look at
 * the form of the thought. {@link org.grpo4j.reward.LastDigitReward}, {@link
 * org.grpo4j.reward.AnswerAnywhereReward} and {@link org.grpo4j.reward.ThinkingLengthBonus} are
 * flawed on purpose: they pay for something other than what is meant, and training on them shows
 * what a policy makes of that.
 *
 * <p><b>To select rewards</b>, name them in a list; the reward is the sum of what they give, times
 * their weights:
 *
 * <pre>{@code
 * ./grpo4j train --set 'reward.parts=[{name: correct}, {name: thinking-length, weight: 0.1}]'
 * }</pre>
 *
 * <p>A rule may be for the problems of one label only, such as a task of a mixture: {@code {name:
 * language-consistency, for: sums}}.
 *
 * <p><b>To add a reward</b>: write one class that implements {@code RewardFunction} and add its
 * line to the list above that interface; {@code docs/extending.md} shows it step by step. In a
 * program of your own a lambda will do.
 */
@NullMarked
package org.grpo4j.reward;

import org.jspecify.annotations.NullMarked;
