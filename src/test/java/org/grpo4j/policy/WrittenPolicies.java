package org.grpo4j.policy;

import java.util.List;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/** Tables into which a distribution over whole completions has been written. */
public final class WrittenPolicies {

  /** How likely a completion shall be, relative to the others of its prompt. */
  public interface Weight {
    /** The weight, positive. */
    double of(TokenSequence prompt, EnumeratedCompletion completion);
  }

  private WrittenPolicies() {}

  /**
   * The policy that writes each completion with the probability {@code weight}, divided by the sum
   * over the prompt: the logit of a token is the logarithm of the weight of everything that can
   * follow.
   */
  public static TabularPolicy reweighted(
      TabularPolicy original, int maxNewTokens, List<TokenSequence> prompts, Weight weight) {
    int vocabulary = original.vocabularySize();
    PrefixIndex index = new PrefixIndex(vocabulary, maxNewTokens, prompts);
    double[] mass = new double[index.parameters()];
    for (TokenSequence prompt : prompts) {
      for (EnumeratedCompletion completion : original.enumerate(prompt, 1)) {
        double itsWeight = weight.of(prompt, completion);
        int context = index.start(prompt);
        for (int t = 0; t < completion.tokens().length(); t++) {
          int token = completion.tokens().get(t);
          mass[context * vocabulary + token] += itsWeight;
          boolean goesOn = token != Vocabulary.END && t + 1 < maxNewTokens;
          context = goesOn ? index.child(context, token) : context;
        }
      }
    }
    double[] logits = new double[mass.length];
    for (int i = 0; i < mass.length; i++) {
      // Prefixes that contain the end token are never reached; any logit will do.
      logits[i] = mass[i] > 0 ? Math.log(mass[i]) : 0;
    }
    AdamOptimizer optimizer = new AdamOptimizer(TinyPolicies.ADAM, logits.length);
    return new TabularPolicy(new TabularParameters(index, logits, optimizer, original.version()));
  }
}
