package org.grpo4j.proof;

import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.EnumeratedCompletion;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TinyPolicies;
import org.grpo4j.policy.WrittenPolicies;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * The worlds of these proofs: padding, end and one letter, so that a completion of up to three
 * tokens is one of 15. It is right if it writes the letter and stops.
 */
final class Worlds {

  static final Vocabulary SYMBOLS = new Vocabulary("_$a");

  private static final TokenSequence FIRST = SYMBOLS.encode("a");
  private static final TokenSequence SECOND = SYMBOLS.encode("_");

  private Worlds() {}

  /** Reward 1 for a completion that ends with the letter and the end token, else 0. */
  static double isRight(TokenSequence prompt, TokenSequence completion) {
    int length = completion.length();
    boolean stops = length >= 2 && completion.get(length - 1) == Vocabulary.END;
    return stops && completion.get(length - 2) == 2 ? 1 : 0;
  }

  /** A reward of many values. */
  static double graded(TokenSequence prompt, TokenSequence completion) {
    return isRight(prompt, completion) - 0.3 * completion.length() + 0.1 * completion.get(0);
  }

  /** One prompt whose success rate is exactly {@code successRate}, up to three tokens. */
  static ExactWorld oneOf(double successRate) {
    return of(3, 1, successRate);
  }

  /** Two prompts of these success rates, up to two tokens. */
  static ExactWorld twoOf(double successRate, double otherSuccessRate) {
    return of(2, 1, successRate, otherSuccessRate);
  }

  static ExactWorld of(int maxNewTokens, double temperature, double... successRates) {
    List<TokenSequence> prompts =
        successRates.length == 1 ? List.of(FIRST) : List.of(FIRST, SECOND);
    TabularPolicy random = random(maxNewTokens, prompts, 1);
    WrittenPolicies.Weight weight =
        (prompt, completion) -> {
          double right = successRates[prompts.indexOf(prompt)];
          double share = shareOf(random, prompt, completion);
          return (isRight(prompt, completion.tokens()) == 1 ? right : 1 - right) * share;
        };
    TabularPolicy written = WrittenPolicies.reweighted(random, maxNewTokens, prompts, weight);
    return new ExactWorld(written, prompts, temperature, Worlds::isRight);
  }

  /** One prompt and a policy as it comes. */
  static ExactWorld random(int maxNewTokens, double temperature, long seed) {
    List<TokenSequence> prompts = List.of(FIRST);
    return new ExactWorld(
        random(maxNewTokens, prompts, seed), prompts, temperature, Worlds::graded);
  }

  /** A policy whose logits are {@code distance} of the way from {@code world}'s to others. */
  static ExactWorld between(ExactWorld world, long seed, double distance) {
    List<TokenSequence> prompts = List.of(FIRST);
    TabularPolicy policy = random(3, prompts, seed);
    double[] logits = policy.parameters().toArray();
    double[] from = world.policy().parameters().toArray();
    for (int k = 0; k < logits.length; k++) {
      logits[k] = from[k] + distance * (logits[k] - from[k]);
    }
    policy.setParameters(DoubleVector.of(logits));
    return new ExactWorld(policy, prompts, world.temperature(), Worlds::graded);
  }

  private static TabularPolicy random(int maxNewTokens, List<TokenSequence> prompts, long seed) {
    return TinyPolicies.gaussian(
        SYMBOLS.size(), maxNewTokens, prompts, TinyPolicies.ADAM, 0.7, seed);
  }

  /** The completion's share of the probability of all that have its reward. */
  private static double shareOf(
      TabularPolicy policy, TokenSequence prompt, EnumeratedCompletion completion) {
    double sameReward = 0;
    for (EnumeratedCompletion other : policy.enumerate(prompt, 1)) {
      boolean same = isRight(prompt, other.tokens()) == isRight(prompt, completion.tokens());
      sameReward += same ? other.probability() : 0;
    }
    return completion.probability() / sameReward;
  }
}
