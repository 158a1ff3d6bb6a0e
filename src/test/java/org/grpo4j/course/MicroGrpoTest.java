package org.grpo4j.course;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.advantage.BatchMeanAdvantage;
import org.grpo4j.advantage.GeneralizedAdvantage;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.advantage.Whitening;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RandomStreams;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.ClippedSurrogate;
import org.grpo4j.objective.EmptyRows;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.ReinforceSurrogate;
import org.grpo4j.objective.ValueLoss;
import org.grpo4j.policy.AdamSettings;
import org.grpo4j.policy.Decoding;
import org.grpo4j.policy.LanguageModel;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.TokenDistribution;
import org.grpo4j.reward.Reward;
import org.grpo4j.rollout.Completion;
import org.grpo4j.rollout.FinishReason;
import org.grpo4j.rollout.Group;
import org.grpo4j.rollout.RolloutBatch;
import org.grpo4j.task.Problem;
import org.grpo4j.task.TokenSequence;
import org.grpo4j.task.Vocabulary;
import org.grpo4j.train.CriticSettings;
import org.grpo4j.train.GrpoSettings;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.LearningSetup;
import org.grpo4j.train.LossTokens;
import org.grpo4j.train.PpoTrainer;
import org.grpo4j.train.RewardScoring;
import org.grpo4j.train.Trainer;
import org.grpo4j.train.WeightControllers;
import org.grpo4j.train.sampling.RolloutCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one file of the course is what the library is, to the last bit. */
class MicroGrpoTest {

  private static final int UPDATES = 12;
  private static final Vocabulary VOCABULARY = new Vocabulary("_$0123456789+=");
  private static final AdamSettings ADAM = new AdamSettings(0.9, 0.95, 1e-8);

  enum Algorithm {
    GRPO,
    REINFORCE,
    PPO
  }

  @ParameterizedTest
  @EnumSource
  void sameDrawsGiveTheSameParametersToTheLastBit(Algorithm algorithm) {
    MicroGrpoFile file = MicroGrpoFile.load(algorithm.name(), 7);
    List<Problem> sums =
        file.sums().stream().map(s -> new Problem(s.substring(0, 4), s.substring(4, 5))).toList();
    List<TokenSequence> prompts =
        sums.stream().map(sum -> VOCABULARY.encode(sum.prompt())).toList();
    TabularPolicy policy = TabularPolicy.uniform(VOCABULARY.size(), 2, prompts, ADAM);
    TabularCritic critic = TabularCritic.zero(VOCABULARY.size(), 2, prompts, ADAM);
    Trainer trainer = trainer(algorithm, policy, critic, new SameDraws(sums, 7));
    for (int update = 0; update < UPDATES; update++) {
      file.update();
      trainer.update(update);
      String where = algorithm + ", update " + update;
      assertArrayEquals(policy.parameters().toArray(), file.policy(), where);
      assertArrayEquals(critic.parameters().toArray(), file.critic(), where);
    }
    long steps = algorithm == Algorithm.REINFORCE ? UPDATES : 2L * UPDATES;
    assertEquals(steps, policy.version());
  }

  @Test
  void theFileIsShortAndNeedsNothing() {
    List<String> lines = MicroGrpoFile.lines();
    assertTrue(lines.size() <= 250, "at most 250 lines, has " + lines.size());
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > 100).toList());
    assertEquals(
        List.of("import java.util.*;"),
        lines.stream().filter(line -> line.startsWith("import")).toList());
  }

  @ParameterizedTest
  @EnumSource
  void itLearnsInSeconds(Algorithm algorithm) {
    MicroGrpoFile file = MicroGrpoFile.load(algorithm.name(), 1);
    double before = file.meanReward(20);
    file.meanReward(160);
    double after = file.meanReward(20);
    assertTrue(before < 0.1 && after > 0.6, algorithm + ": " + before + " to " + after);
  }

  private static Trainer trainer(
      Algorithm algorithm, TabularPolicy policy, TabularCritic critic, RolloutCollector draws) {
    boolean reinforce = algorithm == Algorithm.REINFORCE;
    GrpoObjective clipped =
        GrpoObjective.of(
            ClippedSurrogate.symmetric(0.2),
            new RatioLevel.TokenRatio(),
            algorithm == Algorithm.PPO
                ? Aggregation.tokenMean()
                : Aggregation.sequenceMeanTokenMean());
    GrpoObjective objective =
        switch (algorithm) {
          case GRPO -> clipped.withKl(KlPenalty.of(0.001, KlEstimator.K3));
          case PPO -> clipped;
          case REINFORCE ->
              GrpoObjective.of(
                  new ReinforceSurrogate(),
                  new RatioLevel.TokenRatio(),
                  new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT));
        };
    AdvantageEstimator estimator =
        switch (algorithm) {
          case GRPO -> GroupRelativeAdvantage.standard();
          case REINFORCE -> new BatchMeanAdvantage();
          case PPO -> new GeneralizedAdvantage(1, 1, Optional.of(Whitening.standard()));
        };
    LearningSetup setup =
        new LearningSetup(
            policy,
            draws,
            RewardScoring.of(
                (problem, completion) ->
                    Reward.of("correct", completion.text().equals(problem.answer()) ? 1 : 0)),
            estimator,
            objective,
            LossTokens.ALL,
            new GrpoSettings(UPDATES, 32, 8, 1, reinforce ? 1 : 2, 1, 0.1, 0, ADAM, 1.0, 0, 1),
            WeightControllers.NONE);
    RandomStreams unused = new RandomStreams(0);
    if (algorithm != Algorithm.PPO) {
      return new GrpoTrainer(setup, unused, Optional.empty());
    }
    CriticSettings settings =
        new CriticSettings(0.1, 0, ADAM, 1.0, new ValueLoss(Double.POSITIVE_INFINITY));
    return new PpoTrainer(setup, critic, settings, unused, Optional.empty());
  }

  /** Questions and symbols by the file's rule from the file's random numbers. */
  private record SameDraws(List<Problem> sums, SplittableRandom random)
      implements RolloutCollector {

    SameDraws(List<Problem> sums, long seed) {
      this(sums, new SplittableRandom(seed));
    }

    @Override
    public double temperature() {
      return 1;
    }

    @Override
    public Collected collect(LanguageModel model, int update) {
      List<Group> groups = new ArrayList<>();
      for (int q = 0; q < 32; q++) {
        Problem sum = sums.get(random.nextInt(sums.size()));
        TokenSequence prompt = VOCABULARY.encode(sum.prompt());
        List<Completion> completions = new ArrayList<>();
        for (int g = 0; g < 8; g++) {
          completions.add(sample(model, prompt));
        }
        groups.add(new Group(sum, prompt, completions));
      }
      RolloutBatch batch = new RolloutBatch(update, model.version(), groups);
      return new Collected(batch, 256, 0);
    }

    private Completion sample(LanguageModel model, TokenSequence prompt) {
      List<Integer> tokens = new ArrayList<>();
      List<Double> logProbs = new ArrayList<>();
      try (Decoding decoding = model.startDecoding(List.of(prompt), 1)) {
        while (tokens.size() < 2 && !tokens.contains(Vocabulary.END)) {
          if (!tokens.isEmpty()) {
            decoding.advance(new int[] {tokens.get(0)});
          }
          double[] logits = new double[VOCABULARY.size()];
          decoding.logits(0, logits);
          TokenDistribution next = new TokenDistribution(logits.length, 1, model.functions());
          next.read(logits);
          double rest = random.nextDouble();
          int token = 0;
          while (token < logits.length - 1 && rest >= next.probability(token)) {
            rest -= next.probability(token++);
          }
          tokens.add(token);
          logProbs.add(next.logProbability(token));
        }
      }
      TokenSequence ids = TokenSequence.of(tokens.stream().mapToInt(i -> i).toArray());
      boolean ended = tokens.contains(Vocabulary.END);
      return new Completion(
          ids,
          VOCABULARY.decode(ids),
          DoubleVector.of(logProbs.stream().mapToDouble(p -> p).toArray()),
          ended ? FinishReason.END_TOKEN : FinishReason.LENGTH_LIMIT);
    }
  }
}
