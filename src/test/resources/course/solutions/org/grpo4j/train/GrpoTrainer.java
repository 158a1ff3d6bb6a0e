class GrpoTrainer {

  UpdateTrace update(int update, UpdateInspector inspector) {
    reference.refresh(update);
    GrpoObjective objective = weights.objective();
    long oldVersion = policy.version();
    RolloutCollector.Collected collected = rollouts.collect(policy, update);
    RolloutBatch rollout = collected.rollout();
    List<Reward> rewards = weights.rewards().rewards(rollout);
    Optional<TokenTable> old = oldLogProbs(rollout, weights.rewards());
    Optional<UpdateTrace.Reference> ofReference =
        reference.logProbs(rollout, rollouts.temperature());
    Advantages advantages =
        advantageEstimator.estimate(
            weights
                .rewards()
                .advantageInputs(
                    policy, rollout, rewards, old, ofReference, lossTokens.mask(rollout)));
    LearningBatch batch = LearningBatch.of(rollout, advantages, old, ofReference, lossTokens);
    InspectionSession inspection =
        inspector.begin(policy, rollout, advantages, rollouts.temperature());
    List<UpdateTrace.OptimizerStep> steps = new ArrayList<>();
    for (int epoch = 0; epoch < settings.innerEpochs(); epoch++) {
      for (MiniBatch part : miniBatches.of(rewards.size(), update, epoch)) {
        steps.add(optimize(objective, batch, part, inspection));
      }
    }
    UpdateTrace trace =
        new UpdateTrace(
            rollout,
            new UpdateTrace.Sampled(collected.sampledCompletions(), collected.sampledTokens()),
            rewards,
            advantages,
            oldVersion,
            ofReference,
            weights.acting(),
            Optional.empty(),
            steps,
            inspection.finish(),
            new UpdateTrace.Seconds(0, 0, 0, 0));
    weights.learn(trace);
    return trace;
  }

  Optional<TokenTable> oldLogProbs(RolloutBatch rollout, RewardScoring rewardScoring) {
    return Optional.of(policy.logProbs(rollout.sequences(), rollouts.temperature()).table());
  }

  UpdateTrace.OptimizerStep optimize(
      GrpoObjective objective, LearningBatch batch, MiniBatch part, InspectionSession inspection) {
    List<Integer> rows = part.rows();
    double rate = settings.learningRate().at(part.update());
    try (ForwardPass forward = policy.forward(batch.sequences(rows), rollouts.temperature())) {
      ObjectiveResult result = objective.evaluate(batch.objectiveInputs(part, forward.logProbs()));
      forward.backward(result.lossByLogProb(), result.lossByEntropy());
      inspection.beforeStep(rows, forward, result);
      return new UpdateTrace.OptimizerStep(
          part.innerEpoch(),
          rows,
          result,
          rate,
          policy.applyGradient(rate, settings.maxGradientNorm()));
    }
  }
}
