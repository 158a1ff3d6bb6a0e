package org.grpo4j.policy;

import java.util.List;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.rollout.Sequence;
import org.grpo4j.task.TokenSequence;

/** A frozen {@link TabularPolicy}. */
final class TabularSnapshot implements PolicySnapshot {

  private final PrefixIndex index;
  private final DoubleVector parameters;
  private final SoftmaxTable table;
  private final long version;

  TabularSnapshot(PrefixIndex index, DoubleVector parameters, long version) {
    this.index = index;
    this.parameters = parameters;
    this.table = new SoftmaxTable(index, parameters.toArray());
    this.version = version;
  }

  @Override
  public DoubleVector parameters() {
    return parameters;
  }

  @Override
  public int vocabularySize() {
    return index.vocabularySize();
  }

  @Override
  public int contextLength() {
    return index.contextLength();
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Decoding startDecoding(List<TokenSequence> prompts, int copies) {
    return table.startDecoding(prompts, copies);
  }

  @Override
  public TokenLogProbs logProbs(List<Sequence> rows, double temperature) {
    return table.distributions(rows, temperature).logProbs();
  }
}
