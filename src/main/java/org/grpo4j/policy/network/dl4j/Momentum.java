package org.grpo4j.policy.network.dl4j;

import java.util.Map;
import org.grpo4j.policy.SgdSettings;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@link SgdSettings} as an updater of DL4J, which has Nesterov's form of momentum only. DL4J keeps
 * the velocity, saves it and names this class in checkpoints.
 */
public final class Momentum implements IUpdater {

  private static final String VELOCITY = "velocity";

  @JsonProperty private double momentum;
  @JsonProperty private double learningRate;

  /** For DL4J's reader. */
  Momentum() {}

  Momentum(SgdSettings settings) {
    this.momentum = settings.momentum();
  }

  SgdSettings settings() {
    return new SgdSettings(momentum);
  }

  /** Sets the rate of the next step. */
  void setLearningRate(double rate) {
    learningRate = rate;
  }

  @Override
  public long stateSize(long parameters) {
    return momentum > 0 ? parameters : 0;
  }

  @Override
  public GradientUpdater<Momentum> instantiate(@Nullable INDArray view, boolean initialize) {
    Step step = new Step();
    if (view != null) {
      step.setStateViewArray(view, view.shape(), view.ordering(), initialize);
    }
    return step;
  }

  @Override
  public GradientUpdater<Momentum> instantiate(Map<String, INDArray> state, boolean initialize) {
    Step step = new Step();
    step.setState(state, initialize);
    return step;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    learningRate = rate;
  }

  @Override
  @SuppressWarnings({"MethodDoesntCallSuperMethod", "super"})
  public Momentum clone() {
    Momentum copy = new Momentum();
    copy.momentum = momentum;
    copy.learningRate = learningRate;
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Momentum that
        && momentum == that.momentum
        && learningRate == that.learningRate;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(momentum);
  }

  /** The steps of neighbouring parameters. */
  private final class Step implements GradientUpdater<Momentum> {

    private @Nullable INDArray velocity;

    @Override
    public Momentum getConfig() {
      return Momentum.this;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
      velocity = state.get(VELOCITY);
    }

    @Override
    public Map<String, INDArray> getState() {
      return velocity == null ? Map.of() : Map.of(VELOCITY, velocity);
    }

    @Override
    public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
      if (initialize) {
        view.assign(0);
      }
      velocity = view;
    }

    /** Turns the gradient, in place, into the step to subtract. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      if (velocity != null) {
        INDArray b = velocity.reshape(gradient.shape());
        b.muli(momentum).addi(gradient);
        gradient.assign(b);
      }
      gradient.muli(learningRate);
    }
  }
}
