package org.grpo4j.whatif.browser;

import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.objective.TokenTerm;
import org.grpo4j.whatif.WhatIfResult;
import org.grpo4j.whatif.WhatIfRow;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/** From results to what the page reads. */
final class ResponseWriter {

  private ResponseWriter() {}

  static JSObject response(WhatIfResult result) {
    DoubleVector advantages = result.rowAdvantages();
    JSObject response = Js.object();
    Js.set(response, "advantages", numbers(advantages));
    boolean whole = result.loss().isPresent();
    Js.set(response, "loss", whole ? Js.of(result.loss().orElseThrow()) : Js.nothing());
    Js.set(response, "lossOfRows", Js.of(result.lossOfGivenRows()));
    Js.set(response, "deadGroups", deadGroups(result));
    JSObject rows = Js.array();
    for (WhatIfRow row : result.request().rows()) {
      Js.push(rows, row(result, row, advantages.get(row.row())));
    }
    Js.set(response, "rows", rows);
    return response;
  }

  /** {@code null} if nothing is compared within a group. */
  private static @Nullable JSObject deadGroups(WhatIfResult result) {
    if (result.deadGroups().isEmpty()) {
      return Js.nothing();
    }
    JSObject groups = Js.array();
    for (int group : result.deadGroups().get().groups()) {
      Js.push(groups, Js.of(group));
    }
    return groups;
  }

  private static JSObject row(WhatIfResult result, WhatIfRow given, double advantage) {
    JSObject row = Js.object();
    Js.set(row, "row", Js.of(given.row()));
    Js.set(row, "advantage", Js.of(advantage));
    JSObject tokens = Js.array();
    if (result.evaluates(given.row())) {
      for (int t = 0; t < result.request().inputs().mask().length(given.row()); t++) {
        TokenTerm term = result.token(given.row(), t);
        Js.push(tokens, token(term, result.lossByEntropy(given.row(), t)));
      }
    }
    Js.set(row, "tokens", tokens);
    return row;
  }

  private static JSObject token(TokenTerm term, double lossByEntropy) {
    JSObject token = Js.object();
    Js.set(token, "counts", Js.of(term.counts()));
    Js.set(token, "logProb", Js.of(term.logProb()));
    Js.set(token, "logRatio", Js.of(term.logRatio()));
    Js.set(token, "ratio", Js.of(term.ratio()));
    Js.set(token, "advantage", Js.of(term.advantage()));
    Js.set(token, "unclipped", Js.of(term.surrogate().unclipped()));
    Js.set(token, "clipped", Js.of(term.surrogate().clipped()));
    Js.set(token, "branch", Js.of(term.branch().name()));
    Js.set(token, "policyFactor", Js.of(term.policyFactor()));
    Js.set(token, "policyLoss", Js.of(term.policyLoss()));
    Js.set(token, "kl", numberOrNull(term.kl()));
    Js.set(token, "weight", Js.of(term.weight()));
    Js.set(token, "loss", Js.of(term.loss()));
    Js.set(token, "coefficient", Js.of(term.lossByLogProb()));
    Js.set(token, "lossByEntropy", Js.of(lossByEntropy));
    return token;
  }

  static JSObject explanation(Explanation explanation) {
    JSObject tree = Js.object();
    Js.set(tree, "value", Js.of(explanation.value()));
    Js.set(tree, "symbol", Js.of(explanation.symbol()));
    Js.set(tree, "description", Js.of(explanation.description()));
    Js.set(tree, "formula", Js.of(explanation.formula()));
    JSObject parts = Js.array();
    for (Explanation part : explanation.parts()) {
      Js.push(parts, explanation(part));
    }
    Js.set(tree, "parts", parts);
    return tree;
  }

  private static @Nullable JSObject numberOrNull(double value) {
    return Double.isNaN(value) ? Js.nothing() : Js.of(value);
  }

  private static JSObject numbers(DoubleVector values) {
    JSObject array = Js.array();
    for (int i = 0; i < values.size(); i++) {
      Js.push(array, Js.of(values.get(i)));
    }
    return array;
  }
}
