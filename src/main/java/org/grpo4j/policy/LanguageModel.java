package org.grpo4j.policy;

import java.util.List;
import java.util.Optional;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/** Any policy, trainable or frozen, as a model of texts: a computation and its version. */
public interface LanguageModel extends TokenModel {

  /** The computation by the parameters as they are. */
  TokenModel model();

  /**
   * The version of the parameters: the number of optimiser steps taken since they were initialised.
   * A trace stamps the current, old and reference policy with it.
   */
  long version();

  @Override
  default int vocabularySize() {
    return model().vocabularySize();
  }

  @Override
  default ExpAndLog functions() {
    return model().functions();
  }

  @Override
  default int contextLength() {
    return model().contextLength();
  }

  @Override
  default Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    return model().startDecoding(prompts, copies);
  }

  @Override
  default TokenDistributions distributions(List<Sequence> rows, double temperature) {
    return model().distributions(rows, temperature);
  }

  @Override
  default TokenLogProbs logProbs(List<Sequence> rows, double temperature) {
    return model().logProbs(rows, temperature);
  }

  @Override
  default Optional<Routing> routing(List<Sequence> rows) {
    return model().routing(rows);
  }
}
