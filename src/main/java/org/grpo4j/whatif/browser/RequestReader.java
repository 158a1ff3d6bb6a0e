package org.grpo4j.whatif.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.whatif.Values;
import org.grpo4j.whatif.Variants;
import org.grpo4j.whatif.WhatIfRequest;
import org.grpo4j.whatif.WhatIfRow;
import org.teavm.jso.JSObject;

/** From the page's request to {@link WhatIfRequest}. */
public final class RequestReader {

  private RequestReader() {}

  static WhatIfRequest read(JSObject request) {
    Fields fields = new Fields("", Fields.of("request", request).object());
    Fields settings = fields.object("settings");
    List<WhatIfRow> rows = new ArrayList<>();
    AdvantageInputs inputs = inputs(fields);
    for (Fields row : fields.objects("rows")) {
      rows.add(row(row));
    }
    return new WhatIfRequest(
        Variants.estimator(values(settings.object("advantage"))),
        Variants.objective(values(settings.object("objective"))),
        inputs,
        fields.optionalVector("advantages"),
        fields.optionalIntegers("miniBatch"),
        rows);
  }

  private static AdvantageInputs inputs(Fields fields) {
    return new AdvantageInputs(
        fields.vector("rewards"),
        groups(fields.integers("groupOfRow")),
        mask(fields.integers("lossTokens"), fields.objects("rows")),
        fields.optionalVector("greedyRewards"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        fields.optionalVector("scores"),
        Optional.empty());
  }

  /** Of rows that are not given, all tokens of the loss. */
  private static TokenTable mask(List<Integer> lossTokens, List<Fields> given) {
    List<DoubleVector> mask = new ArrayList<>();
    for (int tokens : lossTokens) {
      if (tokens < 0) {
        throw new IllegalArgumentException("lossTokens: must be at least 0, got " + tokens);
      }
      mask.add(DoubleVector.constant(tokens, 1));
    }
    for (Fields row : given) {
      int place = row.integer("row");
      if (place >= 0 && place < mask.size()) {
        mask.set(place, row.vector("mask"));
      }
    }
    return TokenTable.of(mask);
  }

  private static WhatIfRow row(Fields row) {
    return new WhatIfRow(
        row.integer("row"),
        row.vector("oldLogProbs"),
        row.vector("logProbs"),
        row.optionalVector("referenceLogProbs"),
        row.optionalVector("entropies"),
        row.optionalVector("advantages"),
        row.optionalVector("importanceWeights"),
        row.optionalVector("tokenWeights"),
        row.optionalVector("klWeights"));
  }

  private static RowGroups groups(List<Integer> groupOfRow) {
    int[] groups = new int[groupOfRow.size()];
    for (int row = 0; row < groups.length; row++) {
      groups[row] = groupOfRow.get(row);
    }
    return RowGroups.of(groups);
  }

  /** Settings by name, numbers and words. */
  public static Values values(Fields fields) {
    Values values = new Values();
    for (String name : Js.names(fields.object())) {
      JSObject value = Js.get(fields.object(), name);
      if (Js.typeOf(value).equals("number")) {
        values.with(name, Js.toNumber(value));
      } else if (!Js.isMissing(value)) {
        values.with(name, Js.toText(value));
      }
    }
    return values;
  }
}
