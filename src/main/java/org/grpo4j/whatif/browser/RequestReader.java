package org.grpo4j.whatif.browser;

import java.util.ArrayList;
import java.util.List;
import org.grpo4j.math.RowGroups;
import org.grpo4j.whatif.SettingValues;
import org.grpo4j.whatif.WhatIfRequest;
import org.grpo4j.whatif.WhatIfRow;
import org.grpo4j.whatif.WhatIfSettings;
import org.teavm.jso.JSObject;

/** From the page's request to {@link WhatIfRequest}. */
final class RequestReader {

  private RequestReader() {}

  static WhatIfRequest read(JSObject request) {
    Fields fields = Fields.of("request", request);
    fields = new Fields("", fields.object());
    List<WhatIfRow> rows = new ArrayList<>();
    for (Fields row : fields.objects("rows")) {
      rows.add(row(row));
    }
    return new WhatIfRequest(
        settings(fields.objectOrEmpty("settings")),
        fields.vector("rewards"),
        groups(fields.integers("groupOfRow")),
        fields.integers("lossTokens"),
        fields.optionalVector("advantages"),
        fields.optionalVector("greedyRewards"),
        fields.optionalIntegers("miniBatch"),
        rows);
  }

  private static WhatIfRow row(Fields row) {
    return new WhatIfRow(
        row.integer("row"),
        row.vector("mask"),
        row.vector("oldLogProbs"),
        row.vector("logProbs"),
        row.optionalVector("referenceLogProbs"),
        row.optionalVector("entropies"),
        row.optionalVector("advantages"),
        row.optionalVector("importanceWeights"),
        row.optionalVector("tokenWeights"));
  }

  private static RowGroups groups(List<Integer> groupOfRow) {
    int[] groups = new int[groupOfRow.size()];
    for (int row = 0; row < groups.length; row++) {
      groups[row] = groupOfRow.get(row);
    }
    return RowGroups.of(groups);
  }

  private static WhatIfSettings settings(Fields settings) {
    return new WhatIfSettings(
        values(settings.objectOrEmpty("advantage")), values(settings.objectOrEmpty("objective")));
  }

  /** What is {@code null} keeps its default. */
  private static SettingValues values(Fields fields) {
    SettingValues values = SettingValues.defaults();
    for (String name : Js.names(fields.object())) {
      JSObject value = Js.get(fields.object(), name);
      if (!Js.isMissing(value)) {
        values =
            Js.typeOf(value).equals("number")
                ? values.with(name, Js.toNumber(value))
                : values.with(name, Js.toText(value));
      }
    }
    return values;
  }
}
