package org.grpo4j.whatif;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.report.page.WhatIfJson;

/** The page's script in a JavaScript engine. */
final class PageCore implements AutoCloseable {

  private static final String SCRIPT = "/org/grpo4j/report/page/core.js";

  private final Context context =
      Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();

  PageCore() {
    context.eval("js", script());
  }

  static String script() {
    try (InputStream in = PageCore.class.getResourceAsStream(SCRIPT)) {
      assertNotNull(in, SCRIPT + " is missing: it is built by Maven, not by an IDE");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Value run(String expression) {
    return context.eval("js", expression);
  }

  /** Keeps a request, for {@link #evaluate} and {@link #explain}. */
  void ask(WhatIfRequest request) {
    run("var request = " + literal(request) + ";");
  }

  Value evaluate() {
    return run("grpo4j.evaluate(request)");
  }

  Value explain(Quantity quantity, int row, int token) {
    return run(
        "grpo4j.explain(request, {kind: '"
            + Values.id(quantity)
            + "', row: "
            + row
            + ", token: "
            + token
            + "})");
  }

  private static String literal(WhatIfRequest request) {
    AdvantageInputs inputs = request.inputs();
    StringBuilder rows = new StringBuilder();
    for (WhatIfRow row : request.rows()) {
      rows.append("{row: ")
          .append(row.row())
          .append(field("mask", Optional.of(inputs.mask().row(row.row()))))
          .append(field("oldLogProbs", Optional.of(row.oldLogProbs())))
          .append(field("logProbs", Optional.of(row.logProbs())))
          .append(field("referenceLogProbs", row.referenceLogProbs()))
          .append(field("entropies", row.entropies()))
          .append(field("advantages", row.advantages()))
          .append(field("importanceWeights", row.importanceWeights()))
          .append(field("tokenWeights", row.tokenWeights()))
          .append(field("klWeights", row.klWeights()))
          .append("},\n");
    }
    int[] groups = new int[inputs.rows()];
    int[] lossTokens = new int[inputs.rows()];
    for (int row = 0; row < groups.length; row++) {
      groups[row] = inputs.groups().groupOf(row);
      lossTokens[row] = Masks.count(inputs.mask().row(row));
    }
    return "{settings: "
        + WhatIfJson.settings(request.estimator(), request.objective())
        + field("rewards", Optional.of(inputs.rewards()))
        + field("scores", inputs.scores())
        + ", groupOfRow: "
        + Arrays.toString(groups)
        + ", lossTokens: "
        + Arrays.toString(lossTokens)
        + field("advantages", request.advantages())
        + field("greedyRewards", inputs.greedyRewards())
        + ", miniBatch: "
        + request.miniBatch().map(List::toString).orElse("null")
        + ", rows: [\n"
        + rows
        + "]}";
  }

  private static String field(String name, Optional<DoubleVector> values) {
    if (values.isEmpty()) {
      return ", " + name + ": null";
    }
    StringBuilder text = new StringBuilder(", " + name + ": [");
    for (double value : values.get().toArray()) {
      text.append(Double.isNaN(value) ? "null" : Double.toString(value)).append(", ");
    }
    return text.append(']').toString();
  }

  @Override
  public void close() {
    context.close();
  }
}
