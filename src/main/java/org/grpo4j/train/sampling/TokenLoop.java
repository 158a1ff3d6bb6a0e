package org.grpo4j.train.sampling;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.LanguageModel;
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
 */
record TokenLoop(
    Vocabulary vocabulary, int maxNewTokens, double temperature, boolean forcedLength) {

  /**
   * The completions of {@code copies} rows for each prompt: row {@code r} continues prompt {@code r
   * / copies}.
   */
  List<Completion> run(
      LanguageModel model, List<TokenSequence> prompts, int copies, TokenChooser chooser) {
    CompletionDraft[] drafts = new CompletionDraft[prompts.size() * copies];
    for (int row = 0; row < drafts.length; row++) {
      drafts[row] = new CompletionDraft(maxNewTokens);
    }
    TokenDistribution next = new TokenDistribution(model.vocabularySize(), temperature);
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
            next.requireFinite();
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

  private List<Completion> finish(CompletionDraft[] drafts) {
    List<Completion> completions = new ArrayList<>(drafts.length);
    for (CompletionDraft draft : drafts) {
      completions.add(draft.finish(vocabulary));
    }
    return completions;
  }
}
