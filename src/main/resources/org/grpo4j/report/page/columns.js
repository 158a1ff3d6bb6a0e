/* The controls of the columns of an algorithm: a kind, and the settings of that kind. */

import { byDefault } from "./choices.js";
import { choice, h } from "./dom.js";
import { HIDDEN, PARAMETER_NAMES } from "./parameters.js";

/**
 * The controls of a column. `control` knows the settings: value(side, name, byDefault), changed(side, name),
 * change(side, name, value), available(variant, chosen), line().
 */
export function columnControls(column, control) {
  const chosen = control.value(column.side, column.name, column.list[0].id);
  const variant = column.list.find(v => v.id === chosen);
  return h(
    "div",
    { class: "control" + (control.changed(column.side, column.name) ? " changed" : "") },
    h(
      "label",
      h("span", column.title),
      choice(
        "select",
        { data: { setting: column.side + "." + column.name }, title: variant ? variant.help : "" },
        column.list.filter(v => control.available(v, chosen)).map(v => [v.id, v.label, v.help]),
        chosen,
        value => control.change(column.side, column.name, value)
      )
    ),
    (variant ? variant.parameters : [])
      .filter(p => !HIDDEN.has(p.name))
      .map(p => parameterControl(column.side, p, control))
  );
}

/** The control of one setting: words to choose from, or a number. */
export function parameterControl(side, parameter, control) {
  const value = control.value(side, parameter.name, byDefault(parameter, control.line()));
  const label = PARAMETER_NAMES[parameter.name] || parameter.name;
  const data = { setting: side + "." + parameter.name };
  const input = parameter.options
    ? choice(
        "select",
        { data, title: parameter.help },
        parameter.options.map(o => [o, o]),
        value,
        chosen => control.change(side, parameter.name, chosen)
      )
    : h("input", {
        type: "number",
        step: "any",
        min: parameter.min,
        max: parameter.max,
        data,
        title: `${parameter.help} ${parameter.bounds}`,
        value: String(value),
        change: event =>
          Number.isFinite(event.target.valueAsNumber) &&
          control.change(side, parameter.name, event.target.valueAsNumber)
      });
  const changed = control.changed(side, parameter.name);
  return h("label", { class: "parameter" + (changed ? " changed" : "") }, h("span", label), input);
}
