package org.grpo4j.whatif;

import org.graalvm.polyglot.Value;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.objective.TokenTerm;

/** Compares what the JVM computes with what the page computes, and counts. */
final class Agreement {

  private static final int ROWS_EXPLAINED = 1;

  private final PageCore page;
  private int requests;
  private int explainedRows;
  private int numbers;
  private int explained;
  private int different;
  private String firstDifference = "";

  Agreement(PageCore page) {
    this.page = page;
  }

  int requests() {
    return requests;
  }

  /** Numbers and words of answers. */
  int numbers() {
    return numbers;
  }

  /** Numbers and sentences of explanations. */
  int explained() {
    return explained;
  }

  int different() {
    return different;
  }

  String firstDifference() {
    return firstDifference;
  }

  /** Every number of the answer, and every number and sentence of every explanation. */
  WhatIfResult compare(String name, WhatIfRequest request) {
    requests++;
    explainedRows = 0;
    WhatIfResult result = WhatIf.evaluate(request);
    page.ask(request);
    Value response = page.evaluate();
    if (response.hasMember("error")) {
      throw new AssertionError(name + ": " + response.getMember("error"));
    }
    DoubleVector advantages = result.rowAdvantages();
    for (int row = 0; row < advantages.size(); row++) {
      number(name, advantages.get(row), response.getMember("advantages").getArrayElement(row));
    }
    number(name, result.loss().orElse(Double.NaN), response.getMember("loss"));
    number(name, result.lossOfGivenRows(), response.getMember("lossOfRows"));
    for (int k = 0; k < request.rows().size(); k++) {
      Value row = response.getMember("rows").getArrayElement(k);
      compareRow(name, result, request.rows().get(k), row);
    }
    return result;
  }

  private void compareRow(String name, WhatIfResult result, WhatIfRow row, Value ofPage) {
    int i = row.row();
    boolean evaluated = result.evaluates(i);
    long tokens = ofPage.getMember("tokens").getArraySize();
    if (tokens != (evaluated ? result.request().inputs().mask().length(i) : 0)) {
      throw new AssertionError(name + ": row " + i + " has " + tokens + " tokens in the page");
    }
    for (int t = 0; t < tokens; t++) {
      Value token = ofPage.getMember("tokens").getArrayElement(t);
      compareToken(name, result.token(i, t), token);
      number(name, result.lossByEntropy(i, t), token.getMember("lossByEntropy"));
    }
    // One token of one row: an explanation takes the engine as long as a whole answer.
    if (result.request().inputs().mask().length(i) > 0 && explainedRows < ROWS_EXPLAINED) {
      explainedRows++;
      int t = requests % result.request().inputs().mask().length(i);
      explanations(name, result, Quantity.ADVANTAGE, i, t);
      if (evaluated) {
        explanations(name, result, Quantity.COEFFICIENT, i, t);
        explanations(name, result, Quantity.LOSS, i, t);
        explanations(name, result, Quantity.RATIO, i, t);
        explanations(name, result, Quantity.WEIGHT, i, t);
      }
    }
  }

  private void explanations(String name, WhatIfResult result, Quantity quantity, int i, int t) {
    explanation(name, result.explain(quantity, i, t), page.explain(quantity, i, t));
  }

  private void compareToken(String name, TokenTerm term, Value token) {
    text(name, String.valueOf(term.counts()), token.getMember("counts"));
    number(name, term.logProb(), token.getMember("logProb"));
    number(name, term.logRatio(), token.getMember("logRatio"));
    number(name, term.ratio(), token.getMember("ratio"));
    number(name, term.advantage(), token.getMember("advantage"));
    number(name, term.surrogate().unclipped(), token.getMember("unclipped"));
    number(name, term.surrogate().clipped(), token.getMember("clipped"));
    text(name, term.branch().name(), token.getMember("branch"));
    number(name, term.policyFactor(), token.getMember("policyFactor"));
    number(name, term.policyLoss(), token.getMember("policyLoss"));
    number(name, term.kl(), token.getMember("kl"));
    number(name, term.weight(), token.getMember("weight"));
    number(name, term.loss(), token.getMember("loss"));
    number(name, term.lossByLogProb(), token.getMember("coefficient"));
  }

  private void explanation(String name, Explanation jvm, Value ofPage) {
    explained += 2;
    sameNumber(name, jvm.value(), ofPage.getMember("value"));
    sameText(name, jvm.symbol(), ofPage.getMember("symbol"));
    sameText(name, jvm.formula(), ofPage.getMember("formula"));
    sameText(name, jvm.description(), ofPage.getMember("description"));
    Value parts = ofPage.getMember("parts");
    if (parts.getArraySize() != jvm.parts().size()) {
      throw new AssertionError(name + ": parts of " + jvm.description());
    }
    for (int i = 0; i < jvm.parts().size(); i++) {
      explanation(name, jvm.parts().get(i), parts.getArrayElement(i));
    }
  }

  private void number(String name, double jvm, Value ofPage) {
    numbers++;
    sameNumber(name, jvm, ofPage);
  }

  private void text(String name, String jvm, Value ofPage) {
    numbers++;
    sameText(name, jvm, ofPage);
  }

  private void sameNumber(String name, double jvm, Value ofPage) {
    double got = ofPage.isNull() ? Double.NaN : ofPage.asDouble();
    if (Double.doubleToLongBits(jvm) != Double.doubleToLongBits(got)) {
      differs(name + ": " + jvm + " on the JVM, " + got + " in the page");
    }
  }

  private void sameText(String name, String jvm, Value ofPage) {
    if (!jvm.equals(ofPage.toString())) {
      differs(name + ": '" + jvm + "' on the JVM, '" + ofPage + "' in the page");
    }
  }

  private void differs(String what) {
    different++;
    firstDifference = firstDifference.isEmpty() ? what : firstDifference;
  }
}
