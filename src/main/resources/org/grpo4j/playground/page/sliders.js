/* Numbers that are worth turning while it runs, as steps of a slider. */

import { h } from "../../report/page/dom.js";
import { noteButton } from "../../report/page/notes.js";
import { brief } from "../../report/page/numbers.js";

const always = () => true;

const clips = settings => ["clip", "two-sided", "dual-clip"].includes(settings["objective.surrogate"]);

/** {name, title, values, when, note}: the values a slider goes through. */
export const SLIDERS = [
  {
    name: "train.group_size",
    title: "Completions a group",
    values: [1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
    when: always,
    note: "dead"
  },
  { name: "train.prompts", title: "Prompts an update", values: [1, 2, 4, 8, 16, 32, 64], when: always },
  {
    name: "train.learning_rate",
    title: "Learning rate",
    values: [1e-4, 2e-4, 5e-4, 1e-3, 1.5e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1],
    when: always
  },
  { name: "train.inner_epochs", title: "Epochs on a batch", values: [1, 2, 3, 4, 6, 8], when: always, note: "ratio" },
  { name: "train.mini_batches", title: "Mini-batches", values: [1, 2, 4], when: always },
  {
    name: "objective.clipLow",
    title: "Clip below 1 by",
    values: [3e-4, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.9],
    when: clips,
    note: "clip"
  },
  {
    name: "objective.clipHigh",
    title: "Clip above 1 by",
    values: [4e-4, 0.01, 0.05, 0.1, 0.2, 0.28, 0.5, 1, 4],
    when: clips
  },
  {
    name: "objective.beta",
    title: "KL weight β",
    values: [0, 0.001, 0.01, 0.04, 0.1, 0.3, 1],
    when: always,
    note: "kl"
  },
  {
    name: "objective.entropyCoefficient",
    title: "Entropy weight",
    values: [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1],
    when: always,
    note: "entropy"
  },
  { name: "train.temperature", title: "Temperature", values: [0.25, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2], when: always }
];

/** The slider of a setting; `set` is told {name: value} when it is let go. */
export function slider({ name, title, values, note }, settings, set) {
  const value = settings[name];
  const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  const output = h("output", brief(value));
  return h(
    "div.slider-line",
    h(
      "label",
      h("span", title),
      output,
      h("input", {
        type: "range",
        min: 0,
        max: all.length - 1,
        step: 1,
        value: all.indexOf(value),
        data: { setting: name },
        "aria-valuetext": brief(value),
        input: event => (output.textContent = brief(all[event.target.valueAsNumber])),
        change: event => set({ [name]: all[event.target.valueAsNumber] })
      })
    ),
    note ? noteButton(note) : null
  );
}
