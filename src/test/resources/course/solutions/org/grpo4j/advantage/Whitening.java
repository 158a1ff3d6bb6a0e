class Whitening {

  TokenTable apply(TokenTable table, TokenTable mask) {
    Moments moments = Moments.ofMasked(table, mask);
    double[][] whitened = table.toArrays();
    for (int i = 0; i < whitened.length; i++) {
      for (int t = 0; t < whitened[i].length; t++) {
        whitened[i][t] = mask.get(i, t) == 0 ? 0 : whiten(whitened[i][t], moments);
      }
    }
    return TokenTable.of(whitened);
  }

  DoubleVector apply(DoubleVector values) {
    Moments moments = Moments.ofPresent(values.toArray());
    return DoubleVector.of(
        java.util.Arrays.stream(values.toArray())
            .map(x -> x != x ? 0 : whiten(x, moments))
            .toArray());
  }

  double whiten(double x, Moments moments) {
    return moments.allEqual() ? 0 : (x - moments.mean()) / divisor(moments);
  }

  double divisor(Moments moments) {
    double variance = deviation.variance(moments);
    return switch (epsilonPlacement) {
      case ADDED_TO_VARIANCE -> Math.sqrt(variance + epsilon);
      case ADDED_TO_DEVIATION -> Math.sqrt(variance) + epsilon;
      case FLOOR_OF_VARIANCE -> Math.sqrt(Math.max(variance, epsilon));
    };
  }
}
