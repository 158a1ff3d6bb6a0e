package org.grpo4j.playground.engine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.grpo4j.experiment.trace.TraceHeader;
import org.grpo4j.experiment.trace.TracedUpdate;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.Workers;
import org.grpo4j.train.evaluation.Evaluation;
import org.grpo4j.train.evaluation.EvaluationSettings;
import org.grpo4j.train.evaluation.Evaluator;

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

  /** So many states are kept, else every second is dropped; and so many of those at changes. */
  private static final int MOST_MOMENTS = 40;

  private final Workers workers = Workers.callingThread();
  private final Past past;
  private final TreeMap<Integer, Moment> moments = new TreeMap<>();
  private final TreeSet<Integer> changed = new TreeSet<>();
  private int stride = 5;
  private Training training;
  private int updatesDone;

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
    int symbols = settings.task().vocabulary().size();
    int length = settings.task().promptLength() + settings.task().maxNewTokens();
    if (first.vocabularySize() != symbols || first.contextLength() < length) {
      throw new IllegalArgumentException(
          "start: must be a policy for the task "
              + settings.taskName()
              + ", with "
              + symbols
              + " symbols and room for its texts, got "
              + first.describe());
    }
    this.past = new Past(settings);
    this.training = Training.begin(settings, first, workers);
    remember();
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
    return past.settings(updatesDone);
  }

  /** The facts that hold for all updates of these settings. */
  public TraceHeader header(int tracedGroups) {
    return settings().header(training.policy(), tracedGroups);
  }

  /**
   * The next update: as it was done before, if it was.
   *
   * @param tracedGroups how many groups are looked at, 0 for none
   */
  public Step update(int tracedGroups) {
    return update(tracedGroups, past.byHand(updatesDone));
  }

  /**
   * The next update with rewards by hand; if it was done with others before, what came after it is
   * given up.
   *
   * @param rewards the reward of each row that somebody gave
   */
  public Step update(int tracedGroups, Map<Integer, Double> rewards) {
    if (updatesDone < past.size() && !past.byHand(updatesDone).equals(rewards)) {
      giveUp();
    }
    Step step = done(tracedGroups, rewards);
    if (updatesDone == past.size()) {
      past.add(rewards);
    }
    updatesDone++;
    if (!past.isAlike(updatesDone - 1, updatesDone)) {
      training = training.under(settings());
    }
    remember();
    return step;
  }

  /** An update that fails half-way, as when a number is not finite, leaves the state before it. */
  private Step done(int tracedGroups, Map<Integer, Double> rewards) {
    try {
      return training.update(updatesDone, tracedGroups, rewards);
    } catch (RuntimeException e) {
      int here = updatesDone;
      goTo(moments.floorEntry(here).getValue());
      seek(here);
      throw e;
    }
  }

  private void giveUp() {
    past.giveUp(updatesDone);
    moments.tailMap(updatesDone, false).clear();
    changed.tailSet(updatesDone, false).clear();
  }

  private void remember() {
    if (updatesDone % stride != 0 || moments.containsKey(updatesDone)) {
      return;
    }
    moments.put(updatesDone, training.moment(updatesDone));
    if (moments.size() - changed.size() > MOST_MOMENTS) {
      stride *= 2;
      moments.keySet().removeIf(kept -> kept % stride != 0 && !changed.contains(kept));
    }
  }

  /**
   * Goes on with other settings: policy and optimiser stay, the rest is made anew.
   *
   * @throws IllegalArgumentException if the change needs a new run
   */
  public void change(RunSettings other) {
    settings().requireSameRun(other);
    Training changedTraining = training.under(other);
    giveUp();
    past.change(other);
    training = changedTraining;
    moments.put(updatesDone, training.moment(updatesDone));
    changed.add(updatesDone);
    if (changed.size() > MOST_MOMENTS) {
      int oldest = changed.first();
      changed.remove(oldest);
      moments.keySet().removeIf(kept -> kept == oldest && kept % stride != 0);
    }
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
      goTo(from);
    }
    while (updatesDone < update) {
      update(0);
    }
  }

  private void goTo(Moment moment) {
    updatesDone = moment.update();
    training = Training.at(moment, settings(), workers);
  }

  /** The first update of those before the next one that have its settings. */
  public int unchangedSince() {
    return past.unchangedSince(updatesDone);
  }

  /** The file of the policy as it is, with its optimiser. */
  public byte[] checkpoint() {
    return Moment.bytes(training.policy());
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
    Moment begin = moments.get(from);
    if (begin == null) {
      int here = updatesDone;
      seek(from);
      begin = training.moment(from);
      seek(here);
    }
    return PackedRun.zip(name, texts, growing, begin);
  }

  /**
   * Greedy accuracy on held-out problems, always the same ones.
   *
   * @param problems how many at most
   */
  public Evaluation evaluate(int problems) {
    RunSettings settings = settings();
    EvaluationSettings all = new EvaluationSettings(0, problems, 1, 1, 0);
    double temperature = settings.train().temperature();
    return new Evaluator(settings.task(), all, temperature, settings.streams(), workers)
        .evaluateGreedy(training.policy());
  }

  /**
   * The thinking of the policy about a text.
   *
   * @throws IllegalArgumentException if the policy cannot be asked this
   */
  public Thought think(String prompt, String completion, double temperature) {
    return Thought.of(training.policy(), prompt, completion, temperature, settings(), workers);
  }
}
