package org.grpo4j.policy.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.math.Require;
import org.grpo4j.math.TokenTable;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.ForwardPass;
import org.grpo4j.policy.GradientStep;
import org.grpo4j.policy.ValuePass;
import org.grpo4j.rollout.Sequence;

/**
 * The critic that is the last output of a policy's own head. It reads the policy's forward pass and
 * leaves its error there, so that both losses go back through the trunk once and move it with one
 * Adam step.
 */
final class ValueHeadCritic implements Critic {

  private final NetworkPolicy policy;
  private final int output;

  ValueHeadCritic(NetworkPolicy policy) {
    if (!policy.kind().hasValueHead()) {
      throw new IllegalArgumentException(
          "policy: must have a value head, got " + policy.describe());
    }
    this.policy = policy;
    this.output = policy.kind().vocabularySize();
  }

  @Override
  public TokenTable values(List<Sequence> rows) {
    try (NetworkForwardPass pass = policy.forward(rows, 1)) {
      return ValueMicroBatch.values(parts(pass, rows));
    }
  }

  @Override
  public ValuePass forward(List<Sequence> rows, ForwardPass policyPass) {
    if (!(policyPass instanceof NetworkForwardPass pass) || !pass.isOf(policy)) {
      throw new IllegalArgumentException("policyPass: must be one of the policy with this head");
    }
    return new Pass(pass, parts(pass, rows));
  }

  private List<ValueMicroBatch> parts(NetworkForwardPass pass, List<Sequence> rows) {
    List<ValueMicroBatch> parts = new ArrayList<>();
    for (NetworkModel.Part part : pass.parts()) {
      List<Sequence> own = rows.subList(part.range().from(), part.range().to());
      parts.add(ValueMicroBatch.of(part.range(), part.pass(), own, output));
    }
    return parts;
  }

  @Override
  public Optional<GradientStep> applyGradient(double learningRate, double maxGradientNorm) {
    return Optional.empty();
  }

  @Override
  public void resetOptimizer(AdamSettings settings) {}

  /** 0: {@code Policy.parameterCount} counts the head. */
  @Override
  public int parameterCount() {
    return 0;
  }

  @Override
  public void save(Path directory) {}

  @Override
  public String describe() {
    return "value head on the policy's trunk";
  }

  @Override
  public void close() {}

  /** Values that the policy's pass computed beside the logits. */
  private static final class Pass implements ValuePass {

    private final NetworkForwardPass policyPass;
    private final List<ValueMicroBatch> parts;
    private final TokenTable values;

    Pass(NetworkForwardPass policyPass, List<ValueMicroBatch> parts) {
      this.policyPass = policyPass;
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
      policyPass.requireNotYetBack();
      for (ValueMicroBatch part : parts) {
        part.addError(lossByValue);
      }
    }

    @Override
    public void close() {}
  }
}
