package org.grpo4j.playground.engine;

import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;

/** Settings of small runs. */
final class Runs {

  static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);

  private Runs() {}

  static RunSettings table(double learningRate) {
    return of("few-sums", Catalogue.Model.TABLE, learningRate, Optional.empty());
  }

  static RunSettings transformer(double learningRate) {
    return of("think-add", Catalogue.Model.TRANSFORMER, learningRate, Optional.empty());
  }

  /** The same with a critic. */
  static RunSettings ppo(RunSettings grpo, boolean valueHead) {
    CriticSettings training = new CriticSettings(3e-3, 5, ADAM, 1, new ValueLoss(0.2));
    return of(
        grpo.taskName(),
        grpo.model(),
        grpo.train().peakLearningRate(),
        Optional.of(new RunSettings.Critic(valueHead, training)));
  }

  private static RunSettings of(
      String taskName,
      Catalogue.Model model,
      double learningRate,
      Optional<RunSettings.Critic> critic) {
    TaskSource task = Catalogue.task(taskName);
    AdvantageEstimator advantage =
        critic.isPresent()
            ? new GeneralizedAdvantage(1, 1, Optional.of(Whitening.standard()))
            : GroupRelativeAdvantage.standard();
    GrpoSettings train = new GrpoSettings(100, 4, 4, 1.0, 2, 1, learningRate, 5, ADAM, 1.0, 0, 1);
    return new RunSettings(
        "small",
        taskName,
        task,
        model,
        1,
        new ColdStartSettings(30, 16, 200, 6e-3, 5, 0.1, ADAM, 1),
        train,
        advantage,
        GrpoObjective.standard(),
        critic,
        List.of(new WeightedReward.Term(Catalogue.reward("correct", task, ""), 1)));
  }
}
