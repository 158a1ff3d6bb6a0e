class ValueLoss {

  ValueLossResult evaluate(
      TokenTable values,
      TokenTable oldValues,
      TokenTable returns,
      TokenTable mask,
      RowGroups groups) {
    TokenTable weights = aggregation.weights(mask, groups);
    double[][] slopes = mask.toArrays();
    double loss = 0;
    int clipped = 0;
    for (int i = 0; i < slopes.length; i++) {
      for (int t = 0; t < slopes[i].length; t++) {
        if (mask.get(i, t) == 1) {
          double old = oldValues.get(i, t);
          double value = values.get(i, t);
          boolean inside = Math.abs(value - old) <= valueClip;
          double error = value - returns.get(i, t);
          double bounded =
              inside ? error : old + Math.copySign(valueClip, value - old) - returns.get(i, t);
          loss += weights.get(i, t) * Math.max(error * error, bounded * bounded) / 2;
          clipped += bounded * bounded > error * error ? 1 : 0;
          slopes[i][t] = weights.get(i, t) * slope(error, bounded, inside);
        }
      }
    }
    return new ValueLossResult(loss, TokenTable.of(slopes), Masks.count(mask), clipped);
  }

  double slope(double error, double clippedError, boolean inside) {
    double difference = error * error - clippedError * clippedError;
    return inside || difference > 0 ? error : difference == 0 ? error / 2 : 0;
  }
}
