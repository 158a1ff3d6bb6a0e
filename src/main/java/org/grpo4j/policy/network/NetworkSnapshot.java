package org.grpo4j.policy.network;

import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.PolicySnapshot;
import org.grpo4j.policy.TokenLogProbs;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/**
 * A network policy as it was at one version.
 *
 * @param model a frozen model
 * @param version the version
 * @param parameters the flat parameter vector
 */
record NetworkSnapshot(NetworkModel model, long version, DoubleVector parameters)
    implements PolicySnapshot {

  @Override
  public int vocabularySize() {
    return model.vocabularySize();
  }

  @Override
  public int contextLength() {
    return model.contextLength();
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    return model.startDecoding(prompts, copies);
  }

  @Override
  public TokenLogProbs logProbs(List<Sequence> rows, double temperature) {
    return model.logProbs(rows, temperature);
  }
}
