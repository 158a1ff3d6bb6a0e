class GeneralizedAdvantage {

  Advantages estimate(AdvantageInputs inputs) {
    TokenTable advantages = beforeWhitening(inputs);
    double[][] returns = advantages.toArrays();
    for (int i = 0; i < returns.length; i++) {
      for (int t = 0; t < returns[i].length; t++) {
        returns[i][t] += inputs.mask().get(i, t) == 0 ? 0 : values(inputs).get(i, t);
      }
    }
    return new Advantages(
        this,
        inputs,
        whitening.map(w -> w.apply(advantages, inputs.mask())).orElse(advantages),
        Optional.empty(),
        Optional.of(TokenTable.of(returns)));
  }

  TokenTable beforeWhitening(AdvantageInputs inputs) {
    double[][] all = new double[inputs.rows()][];
    java.util.Arrays.setAll(all, i -> row(inputs, i));
    return TokenTable.of(all);
  }

  double[] row(AdvantageInputs inputs, int i) {
    double[] advantages = new double[inputs.mask().length(i)];
    double value = bootstrapValue(inputs, i);
    double advantage = 0;
    for (int t = advantages.length; t-- > 0; ) {
      if (inputs.mask().get(i, t) == 1) {
        double here = values(inputs).get(i, t);
        advantage = tokenRewards(inputs).get(i, t) - here + gamma * (value + lambda * advantage);
        advantages[t] = advantage;
        value = here;
      }
    }
    return advantages;
  }
}
