/* What is looked at, and what changes it. */

import { RUNS } from "./data.js";

export const view = {
  runIndex: 0,
  index: 0,
  line: null,
  model: null,
  step: 0,
  quantity: "coefficient",
  block: 0,
  selected: null,
  tour: null,
  playing: null,
  speed: 1,
  follow: true
};

/** What others cause without knowing who does it; the page fills this when it starts. */
export const actions = {};

export function viewRun() {
  return RUNS[view.runIndex];
}

export function tokenOf(row, token) {
  const vocabulary = viewRun().trace.header.vocabulary || [];
  return vocabulary[token.id] ?? "?" + token.id;
}
