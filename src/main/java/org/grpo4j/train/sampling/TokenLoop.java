package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.NonFinite;
import org.grpo4j.policy.NonFiniteException;
import org.grpo4j.policy.TokenDistribution;
import org.grpo4j.rollout.Completion;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;

/**
 * Writes the completions of some rows, one token of every row at a time, until all have ended. This
 * is the place for a breakpoint that shows the policy choosing a token.
 *
 * @param vocabulary the symbols
 * @param maxNewTokens most tokens of a completion
 * @param temperature what logits are divided by
 * @param forcedLength true to continue after the end token
 * @param truncation the symbols that a token is drawn among
 */
record TokenLoop(
    Vocabulary vocabulary,
    int maxNewTokens,
    double temperature,
    boolean forcedLength,
    Truncation truncation) {

  /**
   * The completions of {@code copies} rows for each prompt: row {@code r} continues prompt {@code r
   * / copies}.
   *
   * @param first the number of the first prompt among those of an update or an evaluation
   * @throws NonFiniteException if a logit is
   */
  List<Completion> run(
      LanguageModel model,
      List<TokenSequence> prompts,
      int first,
      int copies,
      TokenChooser chooser) {
    CompletionDraft[] drafts = new CompletionDraft[prompts.size() * copies];
    for (int row = 0; row < drafts.length; row++) {
      drafts[row] = new CompletionDraft(maxNewTokens);
    }
    TokenDistribution next =
        new TokenDistribution(model.vocabularySize(), temperature, model.functions());
    double[] logits = new double[model.vocabularySize()];
    int[] newest = new int[drafts.length];
    int running = drafts.length;

    try (Decoding decoding = model.startDecoding(prompts, copies)) {
      for (int t = 0; t < maxNewTokens && running > 0; t++) {
        if (t > 0) {
          decoding.advance(newest);
        }
        for (int row = 0; row < drafts.length; row++) {
          CompletionDraft draft = drafts[row];
          if (!draft.ended()) {
            decoding.logits(row, logits);
            next.read(logits);
            if (!next.isFinite()) {
              String prompt = vocabulary.decode(prompts.get(row / copies));
              String text = draft.finish(vocabulary).text();
              String name = "prompt " + (first + row / copies) + ", completion " + row % copies;
              throw new NonFiniteException(
                  nonFinite(logits, t).by(new NonFinite.Written(name, prompt, text)));
            }
            if (truncation.acts()) {
              truncate(next, draft);
            }
            int token = chooser.choose(row, next);
            draft.append(token, next.logProbability(token));
            if (token == Vocabulary.END && !forcedLength) {
              draft.end();
              running--;
            }
          }
          newest[row] = draft.newestToken();
        }
      }
    }
    return finish(drafts);
  }

  private void truncate(TokenDistribution next, CompletionDraft draft) {
    int best = next.mostProbableToken(); // always left
    double before = next.probability(best);
    BitSet left = next.leave(truncation.topK(), truncation.topP());
    draft.keep(left, before / next.probability(best), truncation.isKept());
  }

  /** The first logit that must not be; minus infinity is wrong only if all are. */
  private NonFinite nonFinite(double[] logits, int t) {
    int token = 0;
    while (token < logits.length - 1 && logits[token] / temperature < Double.POSITIVE_INFINITY) {
      token++;
    }
    String symbol = token == Vocabulary.END ? "" : String.valueOf(vocabulary.symbol(token));
    return NonFinite.of("logit", logits[token] / temperature).at(new NonFinite.Token(t, symbol));
  }

  private List<Completion> finish(CompletionDraft[] drafts) {
    List<Completion> completions = new ArrayList<>(drafts.length);
    for (CompletionDraft draft : drafts) {
      completions.add(draft.finish(vocabulary));
    }
    return completions;
  }
}
