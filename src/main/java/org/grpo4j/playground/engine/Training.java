package org.grpo4j.playground.engine;

import java.util.Map;
import java.util.Optional;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.experiment.trace.UpdateTracer;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.PpoTrainer;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.TrainerState;
import org.grpo4j.train.UpdateMetrics;
import org.grpo4j.train.UpdateTrace;
import org.grpo4j.train.inspection.UpdateInspector;

/** Policy, critic and trainer as they are, under some settings: what an update changes. */
final class Training {

  private final RunSettings settings;
  private final Workers workers;
  private final RewardsByHand byHand;
  private final Policy policy;
  private final Optional<Critic> critic;
  private final Trainer trainer;

  private Training(
      RunSettings settings,
      Policy given,
      Optional<Critic> old,
      Optional<TrainerState> resumed,
      Workers workers) {
    this.settings = settings;
    this.workers = workers;
    this.byHand = new RewardsByHand(settings.rules());
    Optional<RunSettings.Critic> wanted = settings.critic();
    boolean isNewHead = old.isEmpty() && wanted.filter(RunSettings.Critic::isValueHead).isPresent();
    this.policy = isNewHead ? NetworkCritics.withValueHead(given, settings.seed(), workers) : given;
    this.critic =
        wanted.isEmpty() || old.isPresent()
            ? old.filter(any -> wanted.isPresent())
            : Optional.of(newCritic(wanted.get()));
    LearningSetup learning = settings.learning(policy, byHand, workers);
    this.trainer =
        wanted.isPresent()
            ? new PpoTrainer(
                learning,
                critic.orElseThrow(),
                wanted.get().training(),
                settings.streams(),
                resumed)
            : new GrpoTrainer(learning, settings.streams(), resumed);
  }

  private Critic newCritic(RunSettings.Critic wanted) {
    return wanted.isValueHead()
        ? NetworkCritics.valueHead(policy)
        : Catalogue.Model.critic(policy, settings.seed(), wanted.training().adam(), workers);
  }

  /** Training of {@code policy} from its beginning, with a fresh optimiser. */
  static Training begin(RunSettings settings, Policy policy, Workers workers) {
    return new Training(settings, policy, Optional.empty(), Optional.empty(), workers);
  }

  /** Training as it was at a moment. */
  static Training at(Moment moment, RunSettings settings, Workers workers) {
    Policy policy = moment.policy(settings, workers);
    Optional<Critic> critic = moment.critic(policy, settings, workers);
    return new Training(settings, policy, critic, Optional.of(moment.trainer()), workers);
  }

  /** The same policy, critic and optimisers under other settings; this is done for. */
  Training under(RunSettings other) {
    return new Training(other, policy, critic, Optional.of(trainer.state()), workers);
  }

  /** An update; groups with rewards by hand are looked at before all others, even if now dead. */
  PlaygroundRun.Step update(int update, int tracedGroups, Map<Integer, Double> rewards) {
    byHand.begin(rewards);
    UpdateInspector inspector =
        UpdateInspector.of(tracedGroups, 0, settings.greedy(workers)).firstAt(rewards.keySet());
    UpdateTrace trace = trainer.inspected(update, inspector);
    UpdateMetrics metrics = UpdateMetrics.of(trace);
    Optional<TracedUpdate> traced =
        tracedGroups == 0
            ? Optional.empty()
            : Optional.of(UpdateTracer.of(trace, metrics, policy.parameters()));
    return new PlaygroundRun.Step(metrics.named(), traced);
  }

  /** The state after so many updates. */
  Moment moment(int updatesDone) {
    return new Moment(updatesDone, policy, critic, trainer.state());
  }

  Policy policy() {
    return policy;
  }
}
