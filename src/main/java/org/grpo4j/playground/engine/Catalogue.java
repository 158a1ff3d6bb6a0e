package org.grpo4j.playground.engine;

import java.util.List;
import java.util.stream.Stream;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Critic;
import org.grpo4j.policy.Policy;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.Workers;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.policy.network.PlainNetworks;
import org.grpo4j.policy.network.engine.TransformerShape;
import org.grpo4j.reward.AnswerAnywhereReward;
import org.grpo4j.reward.CharacterCreditReward;
import org.grpo4j.reward.CorrectnessReward;
import org.grpo4j.reward.ExpressionReward;
import org.grpo4j.reward.LastDigitReward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.reward.ThinkingLengthBonus;
import org.grpo4j.task.DigitSum;
import org.grpo4j.task.FewSums;
import org.grpo4j.task.ReversedAddition;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.ThinkAdd;
import org.grpo4j.task.ThinkSubtract;
import org.grpo4j.task.TokenSequence;

/**
 * From names to parts: what reading an experiment file does by reflection, where there is none. A
 * test holds that each is the one that a file names so.
 */
public final class Catalogue {

  private Catalogue() {}

  /** The sorts of policies. */
  public enum Model {
    /** One row of logits for every prompt and every beginning of a completion. */
    TABLE,
    /** A transformer in plain Java of the default sizes. */
    TRANSFORMER;

    /**
     * The sort of that name, {@code table} or {@code transformer}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Model of(String name) {
      return switch (name) {
        case "table" -> TABLE;
        case "transformer" -> TRANSFORMER;
        default ->
            throw new IllegalArgumentException(
                "model: must be one of table, transformer, got " + name);
      };
    }

    /** A new policy for {@code task}; nobody but {@code workers} may use it. */
    Policy create(TaskSource task, RandomStreams streams, Workers workers) {
      int symbols = task.vocabulary().size();
      if (this == TRANSFORMER) {
        int length = task.promptLength() + task.maxNewTokens();
        TransformerShape shape = TransformerShape.small(symbols, length);
        return PlainNetworks.transformer(shape, streams.runSeed(), workers);
      }
      AdamSettings any = new AdamSettings(0.9, 0.95, 1e-8); // trainers begin with their own
      return TabularPolicy.random(symbols, task.maxNewTokens(), prompts(task), any, 0, streams);
    }

    /** A new critic of its own for {@code policy}. */
    static Critic critic(Policy policy, long seed, AdamSettings adam, Workers workers) {
      return policy instanceof TabularPolicy table
          ? TabularCritic.of(table, adam)
          : NetworkCritics.separate(policy, seed, workers);
    }
  }

  private static List<TokenSequence> prompts(TaskSource task) {
    return Stream.concat(task.trainingProblems().stream(), task.heldOutProblems().stream())
        .map(problem -> task.vocabulary().encode(problem.prompt()))
        .toList();
  }

  /** The names of the tasks, the simplest first. */
  public static List<String> tasks() {
    return List.of(
        "few-sums", "digit-sum-mod10", "digit-sum", "addc", "think-add", "think-subtract");
  }

  /**
   * The task of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TaskSource task(String name) {
    return switch (name) {
      case "few-sums" -> new FewSums();
      case "digit-sum-mod10" -> new DigitSum.LastDigit();
      case "digit-sum" -> new DigitSum.BothDigits();
      case "addc" -> new ReversedAddition();
      case "think-add" -> new ThinkAdd();
      case "think-subtract" -> new ThinkSubtract();
      default ->
          throw new IllegalArgumentException(
              "task: must be one of " + String.join(", ", tasks()) + ", got " + name);
    };
  }

  /** The names of the rules of rewards. */
  public static List<String> rewards() {
    return List.of(
        CorrectnessReward.NAME,
        CharacterCreditReward.NAME,
        LastDigitReward.NAME,
        AnswerAnywhereReward.NAME,
        ThinkingLengthBonus.NAME,
        ExpressionReward.NAME);
  }

  /**
   * The rule of that name.
   *
   * @param expression of {@value ExpressionReward#NAME}; the others do not look at it
   * @throws IllegalArgumentException if there is none
   */
  public static RewardFunction reward(String name, TaskSource task, String expression) {
    return switch (name) {
      case CorrectnessReward.NAME -> new CorrectnessReward(task);
      case CharacterCreditReward.NAME -> new CharacterCreditReward();
      case LastDigitReward.NAME -> new LastDigitReward(task);
      case AnswerAnywhereReward.NAME -> new AnswerAnywhereReward();
      case ThinkingLengthBonus.NAME -> new ThinkingLengthBonus();
      case ExpressionReward.NAME -> new ExpressionReward(task, expression);
      default ->
          throw new IllegalArgumentException(
              "reward: must be one of " + String.join(", ", rewards()) + ", got " + name);
    };
  }
}
