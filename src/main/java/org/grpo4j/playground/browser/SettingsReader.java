package org.grpo4j.playground.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.playground.engine.Catalogue;
import org.grpo4j.playground.engine.RunSettings;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.TaskSource;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.whatif.Variants;
import org.grpo4j.whatif.browser.Fields;
import org.grpo4j.whatif.browser.RequestReader;
import org.teavm.jso.JSObject;

/** From the page's settings to {@link RunSettings}; names and defaults are the page's. */
final class SettingsReader {

  private static final List<String> CRITICS = List.of("separate", "value-head");
  private static final int MOST_ROWS = 16_384;
  private static final int MOST_STEPS = 1024;
  private static final double LARGEST_SEED = 0x1p53;

  private SettingsReader() {}

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if one is missing, wrong or refused; says which and why
   */
  static RunSettings read(JSObject settings) {
    Fields fields = new Fields("", Fields.of("settings", settings).object());
    String taskName = fields.text("task");
    TaskSource task = Catalogue.task(taskName);
    GrpoSettings train = train(fields.object("train"));
    Optional<RunSettings.Critic> critic = critic(fields, train);
    return new RunSettings(
        fields.text("name"),
        taskName,
        task,
        Catalogue.Model.of(fields.text("model")),
        seed(fields),
        coldStart(fields.object("cold_start")),
        train,
        critic.isPresent() ? generalized(fields.object("critic")) : estimator(fields),
        Variants.objective(RequestReader.values(fields.object("objective"))),
        critic,
        reward(fields.object("reward"), task));
  }

  private static ColdStartSettings coldStart(Fields start) {
    return new ColdStartSettings(
        whole(start, "steps", 0, 5000),
        whole(start, "batch_size", 1, 1024),
        whole(start, "corpus_size", 1, 100_000),
        start.number("learning_rate"),
        whole(start, "warmup_steps", 0, 1_000_000),
        start.number("final_learning_rate_fraction"),
        adam(start),
        start.number("max_gradient_norm"));
  }

  /** A whole number that a number of the page holds exactly. */
  private static long seed(Fields fields) {
    double seed = fields.number("seed");
    if (Math.abs(seed) > LARGEST_SEED || seed != Math.rint(seed)) {
      throw new IllegalArgumentException(
          "seed: must be a whole number from -2^53 to 2^53, got " + seed);
    }
    return (long) seed;
  }

  /** Within the bounds that experiment files have, and of what a tab does in some seconds. */
  private static GrpoSettings train(Fields train) {
    int prompts = whole(train, "prompts", 1, 4096);
    int groupSize = whole(train, "group_size", 1, MOST_ROWS / prompts);
    int epochs = whole(train, "inner_epochs", 1, 1000);
    int parts = Math.min(prompts * groupSize, MOST_STEPS / epochs);
    return new GrpoSettings(
        train.integer("updates"),
        prompts,
        groupSize,
        positive(train, "temperature", 100),
        epochs,
        whole(train, "mini_batches", 1, parts),
        positive(train, "learning_rate", 10),
        whole(train, "warmup_updates", 0, 1_000_000),
        adam(train),
        positive(train, "max_gradient_norm", Double.MAX_VALUE),
        whole(train, "reference_refresh_every", 0, 1_000_000),
        1);
  }

  private static int whole(Fields fields, String name, int least, int most) {
    int value = fields.integer(name);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s.%s: must be from %d to %d, got %d"
              .formatted(fields.path(), name, least, most, value));
    }
    return value;
  }

  private static double positive(Fields fields, String name, double most) {
    double value = fields.number(name);
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException(
          fields.path()
              + "."
              + name
              + ": must be above 0"
              + (most == Double.MAX_VALUE ? "" : " and at most " + most)
              + ", got "
              + value);
    }
    return value;
  }

  private static AdamSettings adam(Fields fields) {
    Fields adam = fields.object("adam");
    return new AdamSettings(adam.number("beta1"), adam.number("beta2"), adam.number("epsilon"));
  }

  private static AdvantageEstimator estimator(Fields fields) {
    return Variants.estimator(RequestReader.values(fields.object("advantage")))
        .orElseThrow(
            () -> new IllegalArgumentException("advantage.estimator: must compute, got as-traced"));
  }

  private static Optional<RunSettings.Critic> critic(Fields fields, GrpoSettings train) {
    Fields critic = fields.object("critic");
    String kind = critic.text("kind");
    if (kind.equals("none")) {
      return Optional.empty();
    }
    if (!CRITICS.contains(kind)) {
      throw new IllegalArgumentException(
          "critic.kind: must be one of none, " + String.join(", ", CRITICS) + ", got " + kind);
    }
    boolean isClipped = critic.has("value_clip");
    ValueLoss loss =
        new ValueLoss(isClipped ? critic.number("value_clip") : Double.POSITIVE_INFINITY);
    CriticSettings training =
        kind.equals("value-head")
            ? new CriticSettings(
                critic.number("value_coefficient"),
                train.peakLearningRate(),
                train.warmupUpdates(),
                train.adam(),
                train.maxGradientNorm(),
                loss)
            : new CriticSettings(
                positive(critic, "learning_rate", 10),
                whole(critic, "warmup_updates", 0, 1_000_000),
                adam(critic),
                positive(critic, "max_gradient_norm", Double.MAX_VALUE),
                loss);
    return Optional.of(new RunSettings.Critic(kind.equals("value-head"), training));
  }

  private static AdvantageEstimator generalized(Fields critic) {
    boolean isWhitened = critic.text("whitening").equals("batch");
    Optional<Whitening> whitening =
        isWhitened ? Optional.of(Whitening.standard()) : Optional.empty();
    return new GeneralizedAdvantage(critic.number("gamma"), critic.number("lambda"), whitening);
  }

  private static List<WeightedReward.Term> reward(Fields reward, TaskSource task) {
    List<WeightedReward.Term> terms = new ArrayList<>();
    for (Fields part : reward.objects("parts")) {
      String expression = part.has("expression") ? part.text("expression") : "";
      terms.add(
          new WeightedReward.Term(
              Catalogue.reward(part.text("name"), task, expression), part.number("weight")));
    }
    return terms;
  }
}
