class TokenDistribution {

  double logProbability(int token) {
    return shifted[token] - Math.log(sumOfWeights);
  }

  double probability(int token) {
    return Math.exp(shifted[token]) / sumOfWeights;
  }

  double entropy() {
    double entropy = logSumOfWeights;
    for (int j = 0; j < weights.length; j++) {
      entropy -= weights[j] == 0 ? 0 : weights[j] / sumOfWeights * shifted[j];
    }
    return entropy;
  }

  void lossByLogits(int chosen, double g, double h, double[] into) {
    double entropy = entropy();
    for (int j = 0; j < into.length; j++) {
      double p = probability(j);
      into[j] = -g * p / temperature;
      into[j] -= p == 0 ? 0 : h * p * (logProbability(j) + entropy) / temperature;
    }
    into[chosen] += g / temperature;
  }
}
