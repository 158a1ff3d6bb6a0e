package org.grpo4j.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.AdvantageEstimator.Need;
import org.grpo4j.experiment.ObjectiveConfig;
import org.grpo4j.experiment.config.ConfigException;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigReference;
import org.grpo4j.experiment.config.Interval;
import org.grpo4j.experiment.config.Origin;
import org.grpo4j.experiment.config.RecordBinder;
import org.grpo4j.experiment.config.Settings;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.OffPolicyRowMask;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.whatif.Variants;

/**
 * The settings of "What if", and those of a run, from what the records declare. A setting is called
 * like its component, {@code clipLow}; inside another section, like that and its component, {@code
 * whiteningEpsilon}.
 */
public final class WhatIfJson {

  /** An update on the page has rewards of completions; the other inputs stay in the trace. */
  private static final Set<Need> NOT_ON_THE_PAGE =
      EnumSet.of(Need.CRITIC, Need.STEP_REWARDS, Need.REWARD_PARTS, Need.SCORE_NORMS);

  /** The settings of {@code objective} that are numbers of every objective. */
  private static final Set<String> OF_EVERY_OBJECTIVE =
      Set.of("entropyCoefficient", "logRatioBound");

  private WhatIfJson() {}

  /** The choices: the kinds of every column, with help, defaults and ranges. */
  public static ObjectNode choices() {
    ObjectNode choices = Json.object();
    ArrayNode estimators = choices.putArray("estimator");
    Settings.kinds(AdvantageEstimator.class).values().stream()
        .filter(WhatIfJson::canBeChosen)
        .forEach(kind -> variant(estimators, kind));
    variant(
            estimators,
            Variants.AS_TRACED,
            "As the run computed them",
            "The advantages of the trace, whatever computed them.")
        .putArray("parameters");
    family(choices.putArray("surrogate"), Surrogate.class);
    family(choices.putArray("ratioLevel"), RatioLevel.class);
    family(choices.putArray("aggregation"), Aggregation.class);
    ArrayNode parameters = choices.putArray("parameters");
    parameters(parameters, KlPenalty.class, "kl", "kl.");
    parameters(parameters, OffPolicyRowMask.class, "offPolicy", "");
    for (Settings.Entry setting : Settings.of(ObjectiveConfig.class)) {
      if (OF_EVERY_OBJECTIVE.contains(setting.component().getName())) {
        parameter(parameters, setting, "", "");
      }
    }
    return choices;
  }

  private static void family(ArrayNode variants, Class<?> family) {
    Settings.kinds(family).values().forEach(kind -> variant(variants, kind));
  }

  private static boolean canBeChosen(Class<?> estimator) {
    ConfigNode.Section defaults = new ConfigNode.Section(Map.of(), new Origin("defaults", 0));
    try {
      return canBeComputed((AdvantageEstimator) RecordBinder.bind(defaults, estimator), false);
    } catch (ConfigException e) {
      return false; // It has a setting without a default, which the page could not fill in.
    }
  }

  private static boolean canBeComputed(AdvantageEstimator estimator, boolean penaltyInReward) {
    Optional<Need> need = estimator.need();
    return need.isEmpty()
        || !(NOT_ON_THE_PAGE.contains(need.get())
            || (need.get() == Need.TOKEN_REWARDS && penaltyInReward));
  }

  private static void variant(ArrayNode variants, Class<?> kind) {
    String id = Settings.kind(kind).value();
    String label = Settings.kind(kind).label();
    String name = label.isEmpty() ? id : label;
    ObjectNode variant = variant(variants, id, name, ConfigReference.sentence(kind));
    variant.put("equation", Settings.kind(kind).equation());
    parameters(variant.putArray("parameters"), kind, "", "");
  }

  private static ObjectNode variant(ArrayNode variants, String id, String label, String help) {
    ObjectNode variant = variants.addObject();
    return variant.put("id", id).put("label", label).put("help", help);
  }

  /** Settings of a section of that name, whose keys in files are behind {@code path}. */
  private static void parameters(
      ArrayNode parameters, Class<?> record, String section, String path) {
    for (Settings.Entry setting : Settings.of(record)) {
      parameter(parameters, setting, section, path);
    }
  }

  private static void parameter(
      ArrayNode parameters, Settings.Entry setting, String section, String path) {
    String name = name(section, setting.component());
    String key = path + setting.key();
    Class<?> type = setting.elementType();
    if (setting.isChoice()) {
      words(described(parameters, name, key, setting), setting, setting.kinds().keySet());
    }
    if (type.isRecord()) {
      parameters(parameters, type, name, key + ".");
    } else if (type.isEnum()) {
      Enum<?>[] constants = (Enum<?>[]) type.getEnumConstants();
      List<String> words = Arrays.stream(constants).map(Settings::constant).toList();
      words(described(parameters, name, key, setting), setting, words);
    } else if (type == boolean.class) {
      words(described(parameters, name, key, setting), setting, List.of("false", "true"));
    } else {
      number(described(parameters, name, key, setting), setting);
    }
  }

  private static ObjectNode described(
      ArrayNode parameters, String name, String key, Settings.Entry setting) {
    ObjectNode parameter = parameters.addObject();
    return parameter.put("name", name).put("key", key).put("help", setting.annotation().value());
  }

  private static void words(
      ObjectNode parameter, Settings.Entry setting, Collection<String> words) {
    parameter.put("default", setting.annotation().byDefault());
    words.forEach(parameter.putArray("options")::add);
  }

  private static void number(ObjectNode parameter, Settings.Entry setting) {
    String standard = setting.annotation().byDefault();
    if (!standard.isEmpty() && !standard.equals(Settings.NONE)) {
      parameter.put("default", Double.parseDouble(standard));
    }
    Interval range = Interval.parse(setting.annotation().range());
    parameter.put("bounds", setting.annotation().range());
    Json.putNumber(parameter, "min", range.lower());
    Json.putNumber(parameter, "max", range.upper());
  }

  /**
   * Adds {@code what_if}, the settings of a run, to its data; not if the core does not have a part
   * of the run's objective, without which nothing can be recomputed.
   *
   * @param estimator empty for one that the core does not have
   * @param penaltyInReward whether a KL penalty is in the reward, token by token
   */
  static void put(
      ObjectNode run,
      Optional<AdvantageEstimator> estimator,
      GrpoObjective objective,
      boolean penaltyInReward) {
    if (Settings.kinds(Surrogate.class).containsValue(objective.surrogate().getClass())
        && Settings.kinds(RatioLevel.class).containsValue(objective.ratioLevel().getClass())
        && Settings.kinds(Aggregation.class).containsValue(objective.aggregation().getClass())) {
      Optional<AdvantageEstimator> computed =
          estimator.filter(given -> canBeComputed(given, penaltyInReward));
      run.set("what_if", settings(computed, objective));
    }
  }

  /** The settings of a request for these; every setting of their kinds is there. */
  public static ObjectNode settings(
      Optional<AdvantageEstimator> estimator, GrpoObjective objective) {
    ObjectNode settings = Json.object();
    ObjectNode advantage = settings.putObject("advantage");
    advantage.put("estimator", Variants.AS_TRACED);
    estimator.ifPresent(given -> kind(advantage, "estimator", given));
    ObjectNode node = settings.putObject("objective");
    kind(node, "surrogate", objective.surrogate());
    kind(node, "ratioLevel", objective.ratioLevel());
    kind(node, "aggregation", objective.aggregation());
    values(node, objective.klPenalty(), "kl");
    node.put("entropyCoefficient", objective.entropyBonus().weight());
    Json.putNumber(node, "logRatioBound", objective.logRatioBound());
    Json.putNumber(node, "offPolicyThreshold", objective.offPolicyRowMask().threshold());
    return settings;
  }

  private static void kind(ObjectNode node, String column, Object variant) {
    node.put(column, Settings.kind(variant.getClass()).value());
    values(node, variant, "");
  }

  private static void values(ObjectNode node, Object record, String section) {
    for (RecordComponent component : Settings.components(record.getClass())) {
      Object value = Settings.value(record, component);
      if (Settings.isInline(component)) {
        values(node, value, section);
      } else {
        value(node, name(section, component), value);
      }
    }
  }

  private static void value(ObjectNode node, String name, Object value) {
    if (value instanceof Optional<?> optional) {
      node.put(name, Settings.NONE);
      optional.ifPresent(given -> node.put(name, Settings.kind(given.getClass()).value()));
      optional.ifPresent(given -> values(node, given, name));
    } else if (value instanceof Record section) {
      values(node, section, name);
    } else if (value instanceof Double number) {
      Json.putNumber(node, name, number);
    } else {
      node.put(name, value instanceof Enum<?> word ? Settings.constant(word) : value.toString());
    }
  }

  private static String name(String section, RecordComponent component) {
    String name = component.getName();
    if (section.isEmpty() || name.equals("beta")) { // everybody's name for the weight of the KL
      return name;
    }
    return section + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
