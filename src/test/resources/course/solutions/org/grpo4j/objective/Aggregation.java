interface Aggregation {

  record SequenceMeanTokenMean() {
    TokenTable weights(TokenTable mask, RowGroups groups) {
      double[][] weights = mask.toArrays();
      for (double[] row : weights) {
        double tokens = java.util.Arrays.stream(row).sum();
        for (int t = 0; t < row.length; t++) {
          row[t] = row[t] == 0 ? 0 : 1 / (tokens * emptyRows.rows(mask));
        }
      }
      return TokenTable.of(weights);
    }
  }

  record TokenMean() {
    TokenTable weights(TokenTable mask, RowGroups groups) {
      return Masks.count(mask) == 0 ? mask : mask.times(1.0 / Masks.count(mask));
    }
  }

  record SequenceMeanTokenSum() {
    TokenTable weights(TokenTable mask, RowGroups groups) {
      return mask.times(1.0 / emptyRows.rows(mask));
    }
  }

  record SequenceMeanTokenSumNorm() {
    TokenTable weights(TokenTable mask, RowGroups groups) {
      return mask.times(1.0 / (emptyRows.rows(mask) * divisor));
    }
  }

  record GroupTokenMean() {
    TokenTable weights(TokenTable mask, RowGroups groups) {
      double[] tokens = new double[groups.count()];
      for (int i = 0; i < mask.rows(); i++) {
        tokens[groups.groupOf(i)] += Masks.count(mask.row(i));
      }
      double[][] weights = mask.toArrays();
      for (int i = 0; i < weights.length; i++) {
        for (int t = 0; t < weights[i].length; t++) {
          weights[i][t] = weights[i][t] == 0 ? 0 : 1 / (tokens[groups.groupOf(i)] * groups.count());
        }
      }
      return TokenTable.of(weights);
    }
  }

  record SumNorm() {
    TokenTable weights(TokenTable mask, RowGroups groups) {
      return mask.times(1 / divisor);
    }
  }
}
