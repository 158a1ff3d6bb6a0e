package org.grpo4j.policy.network;

import java.util.List;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.ValuePass;

/** The micro-batches of a {@link NetworkCritic}, with their activations. */
final class NetworkValuePass implements ValuePass {

  private final NetworkCritic critic;
  private final long parameterState;
  private final List<ValueMicroBatch> parts;
  private final TokenTable values;
  private boolean closed;

  NetworkValuePass(NetworkCritic critic, List<ValueMicroBatch> parts) {
    this.critic = critic;
    this.parameterState = critic.trainable().parameterState();
    this.parts = parts;
    this.values = ValueMicroBatch.values(parts);
  }

  @Override
  public TokenTable values() {
    return values;
  }

  @Override
  public void backward(TokenTable lossByValue) {
    Require.that(lossByValue.sameShape(values), "lossByValue: must have the shape of the values");
    if (closed || parameterState != critic.trainable().parameterState()) {
      throw new IllegalStateException(
          "the forward pass is no longer valid: "
              + (closed ? "it was closed" : "the parameters have changed since"));
    }
    critic
        .workers()
        .mapOrdered(
            parts.size(),
            i -> {
              parts.get(i).addError(lossByValue);
              parts.get(i).pass().computeGradient();
              return i;
            });
    for (ValueMicroBatch part : parts) {
      part.pass().addGradientTo(critic.trainable().gradientSum());
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (ValueMicroBatch part : parts) {
        part.pass().release();
      }
    }
  }
}
