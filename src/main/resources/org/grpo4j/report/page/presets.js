/* Three changes to begin with under "What if". */

import { resetWhatIf, whatIf } from "./changes.js";
import { h } from "./dom.js";
import { num } from "./numbers.js";
import { actions, view } from "./view.js";

const UPDATES_LATER = 12;

const PRESETS = [
  { id: "right", text: "one wrong answer becomes right", change: oneBecomesRight },
  { id: "dead", text: "all right: a dead group", change: allBecomeRight },
  { id: "clip", text: `${UPDATES_LATER} updates later: the clip`, change: () => (whatIf.epochs = UPDATES_LATER) }
];

export function presetButtons() {
  return h(
    "div.presets",
    { role: "group", "aria-label": "Examples" },
    PRESETS.map(preset =>
      h("button", { testid: "preset", data: { preset: preset.id }, click: () => choose(preset) }, preset.text)
    )
  );
}

function choose(preset) {
  resetWhatIf();
  preset.change();
  actions.renderWhatIf();
  actions.refresh();
}

function most() {
  return Math.max(...view.line.batch.rewards.map(num), 1);
}

/** The traced groups that have a completion with less than the most. */
function groupsWithWrong() {
  return view.line.groups.filter(group => wrongOf(group).length);
}

function wrongOf(group) {
  return group.completions.filter(c => num(c.reward.total) < most());
}

/** In a group where others are right, if there is one. */
function oneBecomesRight() {
  const groups = groupsWithWrong();
  const group = groups.find(g => wrongOf(g).length < g.completions.length) || groups[0];
  if (group) whatIf.rewards.set(wrongOf(group)[0].row, most());
}

function allBecomeRight() {
  const group = groupsWithWrong()[0];
  for (const completion of group ? wrongOf(group) : []) whatIf.rewards.set(completion.row, most());
}
