class GrpoObjective {

  List<TokenTerm> evaluateRow(ObjectiveInputs inputs, int i, DoubleVector weights) {
    RatioRow row = RatioRow.of(inputs, i, logRatioBound);
    DoubleVector ratios = ratioLevel.ratios(row);
    DoubleVector klLogRatios = ratioLevel.ofKl().logRatios(row);
    TokenLoss[] losses = new TokenLoss[row.length()];
    double[] byRatio = new double[row.length()];
    for (int t = 0; t < losses.length; t++) {
      if (row.counts(t)) {
        boolean dropped =
            !offPolicyRowMask.keeps(row.advantages().get(t), inputs.meanLogProbDrop(i));
        losses[t] =
            evaluateToken(
                inputs,
                i,
                t,
                ratios.get(t),
                dropped ? 0 : inputs.policyFactor(i, t),
                klTerm(inputs, i, t, row, klLogRatios.get(t)));
        byRatio[t] = Numbers.product(weights.get(t), losses[t].byLogRatio());
      }
    }
    DoubleVector through = ratioLevel.lossByLogProb(row, DoubleVector.of(byRatio));
    List<TokenTerm> terms = new ArrayList<>();
    for (int t = 0; t < losses.length; t++) {
      if (!row.counts(t)) {
        terms.add(TokenTerm.MASKED);
        continue;
      }
      double g = Numbers.product(weights.get(t), losses[t].byOwnLogProb());
      g += row.insideBound(t) ? through.get(t) : 0;
      ClipBranch branch = ratioLevel.branch(row.logRatios().get(t), row.advantages().get(t));
      terms.add(TokenTerm.of(inputs, i, t, row, ratios, losses[t], branch, weights.get(t), g));
    }
    return terms;
  }

  TokenLoss evaluateToken(
      ObjectiveInputs inputs,
      int i,
      int t,
      double ratio,
      double policyFactor,
      KlPenalty.KlTerm kl) {
    SurrogateTerm policy =
        surrogate.term(inputs.logProbs().get(i, t), ratio, inputs.advantages().get(i, t));
    boolean penalised = klPenalty.beta() != 0;
    double beta = klPenalty.beta();
    return new TokenLoss(
        policy,
        policyFactor,
        kl.value(),
        Numbers.product(policyFactor, policy.loss()) + (penalised ? beta * kl.value() : 0),
        Numbers.product(policyFactor, policy.lossByLogRatio())
            + (penalised ? beta * kl.byLogRatio() : 0),
        Numbers.product(policyFactor, policy.lossByLogProb())
            + (penalised ? beta * kl.byLogProb() : 0));
  }
}
