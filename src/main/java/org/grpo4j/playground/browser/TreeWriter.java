package org.grpo4j.playground.browser;

import java.util.List;
import java.util.Map;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;
import org.grpo4j.whatif.browser.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * Trees as objects of the page, written as files write them: numbers that JSON does not have are
 * the texts {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
final class TreeWriter {

  private TreeWriter() {}

  static @Nullable JSObject object(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      JSObject object = Js.object();
      map.forEach((name, value) -> Js.set(object, String.valueOf(name), object(value)));
      return object;
    }
    if (tree instanceof List<?> list) {
      JSObject array = Js.array();
      list.forEach(item -> Js.push(array, object(item)));
      return array;
    }
    if (tree instanceof TokenTable table) {
      JSObject array = Js.array();
      for (int i = 0; i < table.rows(); i++) {
        Js.push(array, object(table.row(i)));
      }
      return array;
    }
    if (tree instanceof DoubleVector vector) {
      JSObject array = Js.array();
      for (int i = 0; i < vector.size(); i++) {
        Js.push(array, number(vector.get(i)));
      }
      return array;
    }
    if (tree instanceof Number number) {
      return number(number.doubleValue());
    }
    if (tree instanceof Boolean truth) {
      return Js.of(truth);
    }
    return tree == null ? Js.nothing() : Js.of(tree.toString());
  }

  private static JSObject number(double value) {
    return Double.isFinite(value) ? Js.of(value) : Js.of(Double.toString(value));
  }
}
