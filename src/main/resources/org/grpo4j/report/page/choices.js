/* What can be set under "What if": kinds, defaults, ranges and help, as the Java records declare them. */

import { DATA } from "./data.js";
import { num } from "./numbers.js";

/** The columns of an algorithm: {side, name, title, list}. */
export const COLUMNS = [
  { side: "advantage", name: "estimator", title: "Advantage", list: DATA.choices.estimator },
  { side: "objective", name: "surrogate", title: "Surrogate", list: DATA.choices.surrogate },
  { side: "objective", name: "ratioLevel", title: "One ratio for", list: DATA.choices.ratioLevel },
  { side: "objective", name: "aggregation", title: "Averaging", list: DATA.choices.aggregation }
];

/** The settings of the objective that belong to no column. */
export const PARAMETERS = DATA.choices.parameters;

/** The default of a setting; where none is declared, the longest completion, which divides a sum of tokens. */
export function byDefault(parameter, line) {
  return parameter.default ?? (parameter.bounds ? longest(line) : undefined);
}

function longest(line) {
  return Math.max(1, ...(line ? line.batch.loss_tokens.map(num) : []));
}

/** The settings with the defaults of whatever their kinds need beside them. */
export function whole(settings, line) {
  const filled = { advantage: { ...settings.advantage }, objective: { ...settings.objective } };
  for (const { side, name, list } of COLUMNS) {
    const kind = list.find(one => one.id === filled[side][name]);
    for (const parameter of kind ? kind.parameters : []) filled[side][parameter.name] ??= byDefault(parameter, line);
  }
  return filled;
}

/** What is wrong with the names of settings, which an address can hold: nobody may think that they act. */
export function unknownSetting(settings) {
  for (const side of ["advantage", "objective"]) {
    const columns = COLUMNS.filter(column => column.side === side);
    const known = columns.flatMap(c => [c.name, ...c.list.flatMap(kind => kind.parameters.map(p => p.name))]);
    if (side === "objective") known.push(...PARAMETERS.map(p => p.name));
    const name = Object.keys(settings[side]).find(one => !known.includes(one));
    if (name) return `${side}.${name}: is no setting; there are ${[...new Set(known)].join(", ")}`;
  }
  return null;
}
