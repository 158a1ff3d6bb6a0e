package org.grpo4j.whatif.browser;

import org.grpo4j.math.Numbers;
import org.grpo4j.whatif.Quantity;
import org.grpo4j.whatif.WhatIf;
import org.grpo4j.whatif.WhatIfResult;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The exports of the script {@code grpo4j}; {@code docs/report.md} describes the objects. */
public final class Page {

  private Page() {}

  /** The compiler starts here; there is nothing to do. */
  public static void main(String[] arguments) {}

  /** Advantages and tokens of a request; {@code {error}} if it cannot be answered. */
  @JSExport
  public static JSObject evaluate(JSObject request) {
    try {
      return ResponseWriter.response(WhatIf.evaluate(RequestReader.read(request)));
    } catch (IllegalArgumentException e) {
      return error(e);
    }
  }

  /** The explanation of a number: {@code question} is {@code {kind, row, token}}. */
  @JSExport
  public static JSObject explain(JSObject request, JSObject question) {
    try {
      WhatIfResult result = WhatIf.evaluate(RequestReader.read(request));
      Fields fields = Fields.of("question", question);
      Quantity quantity = Quantity.of(fields.text("kind"));
      return ResponseWriter.explanation(
          result.explain(quantity, fields.integer("row"), fields.integer("token")));
    } catch (IllegalArgumentException e) {
      return error(e);
    }
  }

  /** A number as text of at most four significant digits, as everywhere in grpo4j. */
  @JSExport
  public static String brief(double value) {
    return Numbers.brief(value);
  }

  private static JSObject error(IllegalArgumentException e) {
    JSObject error = Js.object();
    Js.set(error, "error", Js.of(String.valueOf(e.getMessage())));
    return error;
  }
}
