class GroupRelativeAdvantage {

  Advantages estimate(AdvantageInputs inputs) {
    double[] all = inputs.rewards().toArray();
    for (int g = 0; g < inputs.groups().count(); g++) {
      int[] rows = inputs.groups().members(g);
      for (int row : rows) {
        double reward = inputs.rewards().get(row);
        all[row] =
            rows.length == 1
                ? singletonAdvantage(reward)
                : advantage(reward, inputs.groupMoments(g), inputs.batchMoments());
      }
    }
    return Advantages.ofRows(this, inputs, all);
  }

  double advantage(double reward, Moments group, Moments batch) {
    boolean nothing = reward != reward || group.allEqual();
    double divisor =
        switch (scale) {
          case NONE -> 1;
          case MEAN -> group.mean() > 0 ? group.mean() : Double.POSITIVE_INFINITY;
          case GROUP -> deviation.standardDeviation(group) + stdEpsilon;
          case BATCH -> deviation.standardDeviation(batch) + stdEpsilon;
        };
    return nothing ? 0 : (reward - group.mean()) / divisor;
  }

  double singletonAdvantage(double reward) {
    boolean counts = reward == reward && singleton == SingletonRule.RAW_REWARD;
    boolean scaled = scale == RewardScale.GROUP || scale == RewardScale.BATCH;
    return !counts ? 0 : scaled ? reward / (1 + stdEpsilon) : reward;
  }
}
