package org.grpo4j.playground;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.experiment.ExperimentConfig;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.report.page.WhatIfJson;
import org.grpo4j.train.ColdStartSettings;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;

/** The settings of an experiment file as the page sends them to its worker. */
final class PageSettings {

  private PageSettings() {}

  static ObjectNode of(ExperimentConfig config) {
    Optional<AdvantageEstimator> computed =
        config.critic().isPresent() ? Optional.empty() : Optional.of(config.advantage());
    ObjectNode settings = WhatIfJson.settings(computed, config.objective().objective());
    settings.put("name", config.name());
    settings.put("task", config.task().name());
    boolean isTable = config.model().getClass().getSimpleName().equals("Table");
    settings.put("model", isTable ? "table" : "transformer");
    settings.put("seed", config.seed());
    coldStart(settings.putObject("cold_start"), config.coldStart());
    train(settings.putObject("train"), config.train());
    ObjectNode critic = settings.putObject("critic").put("kind", "none");
    if (config.advantage() instanceof GeneralizedAdvantage generalized) {
      critic(critic, generalized, config.critic().settings(config.train()));
    }
    ObjectNode part = settings.putObject("reward").putArray("parts").addObject();
    part.put("name", config.reward().parts().get(0).rule().name()).put("weight", 1);
    return settings;
  }

  private static void coldStart(ObjectNode node, ColdStartSettings start) {
    node.put("steps", start.steps());
    node.put("batch_size", start.batchSize());
    node.put("corpus_size", start.corpusSize());
    node.put("learning_rate", start.peakLearningRate());
    node.put("warmup_steps", start.warmupSteps());
    node.put("final_learning_rate_fraction", start.finalLearningRateFraction());
    node.put("max_gradient_norm", start.maxGradientNorm());
    adam(node.putObject("adam"), start.adam());
  }

  private static void train(ObjectNode node, GrpoSettings train) {
    node.put("updates", train.updates());
    node.put("prompts", train.promptsPerUpdate());
    node.put("group_size", train.groupSize());
    node.put("temperature", train.temperature());
    node.put("inner_epochs", train.innerEpochs());
    node.put("mini_batches", train.miniBatches());
    node.put("learning_rate", train.peakLearningRate());
    node.put("warmup_updates", train.warmupUpdates());
    node.put("max_gradient_norm", train.maxGradientNorm());
    node.put("reference_refresh_every", train.referenceRefreshEvery());
    adam(node.putObject("adam"), train.adam());
  }

  private static void critic(
      ObjectNode node, GeneralizedAdvantage generalized, CriticSettings critic) {
    node.put("kind", "separate");
    node.put("gamma", generalized.gamma());
    node.put("lambda", generalized.lambda());
    node.put("whitening", generalized.whitening().isPresent() ? "batch" : "none");
    node.put("learning_rate", critic.peakLearningRate());
    node.put("warmup_updates", critic.warmupUpdates());
    node.put("max_gradient_norm", critic.maxGradientNorm());
    adam(node.putObject("adam"), critic.adam());
  }

  private static void adam(ObjectNode node, AdamSettings adam) {
    node.put("beta1", adam.beta1()).put("beta2", adam.beta2()).put("epsilon", adam.epsilon());
  }
}
