package org.grpo4j.playground.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.grpo4j.experiment.trace.TraceHeader;
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
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.train.evaluation.EvaluationSettings;
import org.grpo4j.train.evaluation.Evaluator;
import org.grpo4j.train.inspection.UpdateInspector;

/**
 * A run that is stepped by hand: one update after the other, back to any of them, on from there as
 * before or otherwise.
 *
 * <p>Its past is a list: the settings of each update and the rewards that somebody gave by hand.
 * Every random number is drawn by key, so the state before an update, kept now and then, and this
 * list give all updates again to the last bit. Whoever changes something in the past gives up what
 * came after it.
 */
public final class PlaygroundRun {

  /** States kept: the first, and so many of the latest multiples of {@link #stride}. */
  private static final int MOST_MOMENTS = 40;

  private final Workers workers = Workers.callingThread();
  private final List<RunSettings> versions = new ArrayList<>();
  private final List<Past> past = new ArrayList<>();
  private final TreeMap<Integer, Moment> moments = new TreeMap<>();
  private int stride = 5;
  private int version;
  private RewardsByHand byHand;
  private Policy policy;
  private Optional<Critic> critic = Optional.empty();
  private Trainer trainer;
  private int updatesDone;

  /** An update that was done: with which version of the settings, and what was given by hand. */
  private record Past(int version, Map<Integer, Double> byHand) {
    private Past {
      byHand = new TreeMap<>(byHand); // Map.copyOf of none cannot be asked anything in a browser
    }
  }

  /**
   * An update and what is seen of it.
   *
   * @param metrics its numbers by name
   * @param traced what the trace keeps of it; empty if no group was looked at
   */
  public record Step(Map<String, Double> metrics, Optional<TracedUpdate> traced) {}

  /**
   * A run before its first update.
   *
   * @param start the file of a policy to begin with, whose optimiser is made anew; empty for a
   *     policy with first parameters drawn from the seed, after the cold start of the settings
   * @throws IllegalArgumentException if the file is of another sort or does not suit the task
   */
  public PlaygroundRun(RunSettings settings, Optional<byte[]> start) {
    Policy first =
        start.isPresent()
            ? Moment.policy(start.get(), settings.model(), workers)
            : settings.first(workers);
    if (first.vocabularySize() != settings.task().vocabulary().size()
        || first.contextLength() < settings.task().promptLength() + settings.task().maxNewTokens()) {
      throw new IllegalArgumentException(
          "start: must be a policy for the task "
              + settings.taskName()
              + ", with "
              + settings.task().vocabulary().size()
              + " symbols and room for its texts, got "
              + first.describe());
    }
    this.versions.add(settings);
    this.policy = first;
    this.byHand = new RewardsByHand(settings.rules());
    this.trainer = trainer(Optional.empty());
    remember();
  }

  /** Policy and optimiser are as they are; the rest is made for the settings. */
  private Trainer trainer(Optional<TrainerState> resumed) {
    RunSettings settings = settings();
    byHand = new RewardsByHand(settings.rules());
    if (settings.critic().isEmpty()) {
      critic = Optional.empty();
      LearningSetup learning = settings.learning(policy, byHand, workers);
      return new GrpoTrainer(learning, settings.streams(), resumed);
    }
    RunSettings.Critic wanted = settings.critic().get();
    if (critic.isEmpty()) {
      critic = Optional.of(newCritic(wanted));
    }
    LearningSetup learning = settings.learning(policy, byHand, workers);
    return new PpoTrainer(
        learning, critic.get(), wanted.training(), settings.streams(), resumed);
  }

  private Critic newCritic(RunSettings.Critic wanted) {
    RunSettings settings = settings();
    if (wanted.isValueHead()) {
      policy = NetworkCritics.withValueHead(policy, settings.seed(), workers);
      return NetworkCritics.valueHead(policy);
    }
    return Catalogue.Model.critic(
        policy, settings.seed(), wanted.training().adam(), workers);
  }

  /** Updates done before the next one. */
  public int updatesDone() {
    return updatesDone;
  }

  /** Updates that are known: {@link #seek} reaches up to here. */
  public int updatesKnown() {
    return past.size();
  }

  /** The settings of the next update. */
  public RunSettings settings() {
    return versions.get(version);
  }

  /** The facts that hold for all updates of these settings. */
  public TraceHeader header(int tracedGroups) {
    RunSettings settings = settings();
    return new TraceHeader(
        TraceHeader.SCHEMA,
        settings.name(),
        settings.seed(),
        settings.taskName(),
        settings.task().vocabulary().symbolList(),
        settings.train().temperature(),
        settings.train().groupSize(),
        settings.train().promptsPerUpdate(),
        settings.train().updates(),
        policy.parameterCount(),
        policy.parameterBlocks(),
        tracedGroups,
        0);
  }

  /**
   * The next update: as it was done before, if it was.
   *
   * @param tracedGroups how many groups are looked at, 0 for none
   */
  public Step update(int tracedGroups) {
    boolean isKnown = updatesDone < past.size();
    return update(tracedGroups, isKnown ? past.get(updatesDone).byHand() : Map.of());
  }

  /**
   * The next update with rewards by hand; if it was done with others before, what came after it is
   * given up.
   *
   * @param rewards the reward of each row that somebody gave
   */
  public Step update(int tracedGroups, Map<Integer, Double> rewards) {
    boolean isKnown = updatesDone < past.size();
    if (isKnown && !past.get(updatesDone).byHand().equals(rewards)) {
      giveUp();
    }
    Step step = step(tracedGroups, rewards);
    if (updatesDone == past.size()) {
      past.add(new Past(version, rewards));
    }
    updatesDone++;
    follow();
    remember();
    return step;
  }

  private Step step(int tracedGroups, Map<Integer, Double> rewards) {
    byHand.begin(rewards);
    UpdateInspector inspector = UpdateInspector.of(tracedGroups, 0, settings().greedy(workers));
    UpdateTrace trace = trainer.inspected(updatesDone, inspector);
    UpdateMetrics metrics = UpdateMetrics.of(trace);
    Optional<TracedUpdate> traced =
        tracedGroups == 0
            ? Optional.empty()
            : Optional.of(UpdateTracer.of(trace, metrics, policy.parameters()));
    return new Step(metrics.named(), traced);
  }

  /** Takes the settings of the next update, if it was done before with others. */
  private void follow() {
    if (updatesDone < past.size() && past.get(updatesDone).version() != version) {
      version = past.get(updatesDone).version();
      trainer = trainer(Optional.of(trainer.state()));
    }
  }

  private void giveUp() {
    past.subList(updatesDone, past.size()).clear();
    moments.tailMap(updatesDone, false).clear();
  }

  /**
   * Goes on with other settings: policy and optimiser stay, the rest is made anew.
   *
   * @throws IllegalArgumentException if the task, the sort of policy or the seed is another, which
   *     needs a new run
   */
  public void change(RunSettings other) {
    RunSettings settings = settings();
    boolean isSameRun =
        other.taskName().equals(settings.taskName())
            && other.model() == settings.model()
            && other.seed() == settings.seed();
    if (!isSameRun) {
      throw new IllegalArgumentException(
          "task, model and seed: must stay as they are within a run; begin a new one");
    }
    Optional<Boolean> wasHead = settings.critic().map(RunSettings.Critic::isValueHead);
    Optional<Boolean> isHead = other.critic().map(RunSettings.Critic::isValueHead);
    if (wasHead.equals(Optional.of(true)) || isHead.equals(Optional.of(true))) {
      if (!wasHead.equals(isHead)) {
        throw new IllegalArgumentException(
            "critic: a value head is part of the policy and stays as it is within a run; begin a"
                + " new one");
      }
    }
    giveUp();
    versions.add(other);
    version = versions.size() - 1;
    trainer = trainer(Optional.of(trainer.state()));
  }

  /**
   * Goes to the state before an update that is known.
   *
   * @param update from 0 to {@link #updatesKnown()}
   */
  public void seek(int update) {
    if (update < 0 || update > past.size()) {
      throw new IllegalArgumentException(
          "update: must be from 0 to " + past.size() + ", got " + update);
    }
    Moment from = moments.floorEntry(update).getValue();
    if (update < updatesDone || from.update() > updatesDone) {
      restore(from);
    }
    while (updatesDone < update) {
      update(0);
    }
  }

  private void restore(Moment moment) {
    updatesDone = moment.update();
    version = updatesDone < past.size() ? past.get(updatesDone).version() : version;
    policy = moment.policy(settings(), workers);
    critic = moment.critic(policy, settings(), workers);
    trainer = trainer(Optional.of(moment.trainer()));
  }

  private void remember() {
    if (updatesDone % stride != 0 || moments.containsKey(updatesDone)) {
      return;
    }
    moments.put(updatesDone, new Moment(updatesDone, policy, critic, trainer.state()));
    if (moments.size() > MOST_MOMENTS) {
      stride *= 2;
      moments.keySet().removeIf(kept -> kept % stride != 0);
    }
  }

  /** The file of the policy as it is, with its optimiser. */
  public byte[] checkpoint() {
    return Moment.bytes(policy);
  }

  /**
   * The directory of the updates from {@code from} on, packed; the run stays where it is.
   *
   * @param from the first update in it; the settings must be the same from there on
   * @param name of the directory
   * @param texts its text files by their path: configuration, manifest, metrics, trace
   * @param growing those of them that a run writes line by line
   */
  public byte[] files(int from, String name, Map<String, String> texts, Set<String> growing) {
    int here = updatesDone;
    seek(from);
    Moment begin = new Moment(from, policy, critic, trainer.state());
    seek(here);
    return PackedRun.zip(name, texts, growing, begin);
  }

  /** The first update of those before the next one that have its settings. */
  public int unchangedSince() {
    int from = updatesDone;
    while (from > 0 && past.get(from - 1).version() == version) {
      from--;
    }
    return from;
  }

  /**
   * Greedy accuracy on held-out problems, always the same ones.
   *
   * @param problems how many at most
   * @return has every problem among its examples
   */
  public Evaluation evaluate(int problems) {
    RunSettings settings = settings();
    EvaluationSettings all = new EvaluationSettings(0, problems, 1, 1, problems);
    Evaluator evaluator =
        new Evaluator(
            settings.task(), all, settings.train().temperature(), settings.streams(), workers);
    return evaluator.evaluateGreedy(policy);
  }

  /**
   * The thinking of the policy about a text.
   *
   * @throws IllegalArgumentException if the policy cannot be asked this
   */
  public Thought think(String prompt, String completion, double temperature) {
    return Thought.of(policy, prompt, completion, temperature, settings(), workers);
  }
}
