package org.grpo4j.whatif.browser;

import java.util.List;
import org.grpo4j.whatif.AdvantageColumn;
import org.grpo4j.whatif.AggregationColumn;
import org.grpo4j.whatif.ChoiceParameter;
import org.grpo4j.whatif.Column;
import org.grpo4j.whatif.NumberParameter;
import org.grpo4j.whatif.ObjectiveColumns;
import org.grpo4j.whatif.Parameter;
import org.grpo4j.whatif.RatioLevelColumn;
import org.grpo4j.whatif.SurrogateColumn;
import org.grpo4j.whatif.Variant;
import org.teavm.jso.JSObject;

/** What can be chosen, for the page's controls. */
final class ChoicesWriter {

  private ChoicesWriter() {}

  static JSObject choices() {
    JSObject advantage = Js.object();
    column(advantage, "estimators", AdvantageColumn.COLUMN);
    JSObject objective = Js.object();
    column(objective, "surrogates", SurrogateColumn.COLUMN);
    column(objective, "ratioLevels", RatioLevelColumn.COLUMN);
    column(objective, "aggregations", AggregationColumn.COLUMN);
    Js.set(objective, "parameters", parameters(ObjectiveColumns.PARAMETERS));
    JSObject choices = Js.object();
    Js.set(choices, "advantage", advantage);
    Js.set(choices, "objective", objective);
    return choices;
  }

  private static <T> void column(JSObject side, String name, Column<T> column) {
    JSObject variants = Js.array();
    for (Variant<T> one : column.variants()) {
      JSObject variant = Js.object();
      Js.set(variant, "id", Js.of(one.id()));
      Js.set(variant, "label", Js.of(one.label()));
      Js.set(variant, "help", Js.of(one.help()));
      Js.set(variant, "parameters", parameters(one.parameters()));
      Js.push(variants, variant);
    }
    Js.set(side, name, variants);
  }

  private static JSObject parameters(List<Parameter> parameters) {
    JSObject array = Js.array();
    for (Parameter parameter : parameters) {
      JSObject one = Js.object();
      Js.set(one, "name", Js.of(parameter.name()));
      Js.set(one, "help", Js.of(parameter.help()));
      if (parameter instanceof NumberParameter number) {
        describe(one, number);
      } else if (parameter instanceof ChoiceParameter choice) {
        describe(one, choice);
      }
      Js.push(array, one);
    }
    return array;
  }

  private static void describe(JSObject parameter, NumberParameter number) {
    Js.set(parameter, "kind", Js.of("number"));
    setFinite(parameter, "default", number.byDefault());
    Js.set(parameter, "bounds", Js.of(number.bounds().toString()));
    setFinite(parameter, "min", number.bounds().min());
    setFinite(parameter, "max", number.bounds().max());
  }

  private static void describe(JSObject parameter, ChoiceParameter choice) {
    Js.set(parameter, "kind", Js.of("choice"));
    Js.set(parameter, "default", Js.of(choice.byDefault()));
    JSObject options = Js.array();
    for (String option : choice.options()) {
      Js.push(options, Js.of(option));
    }
    Js.set(parameter, "options", options);
  }

  /** {@code null} for infinity: no default, no bound. */
  private static void setFinite(JSObject object, String name, double value) {
    Js.set(object, name, Double.isInfinite(value) ? Js.nothing() : Js.of(value));
  }
}
