/* The scrubber: one update after the other, by hand or playing, or from evaluation to evaluation. */

import { byId, choice, h } from "./dom.js";
import { num } from "./numbers.js";
import { actions, view, viewRun } from "./view.js";

const SPEEDS = [
  ["1 a second", 1000, false],
  ["4 a second", 250, false],
  ["15 a second", 66, false],
  ["evaluations", 900, true]
];

export function scrubber(run) {
  const list = run.trace.updates;
  const step = (name, title, text, testid, go) =>
    h("button", { "aria-label": name, title, testid, click: () => actions.show(go()) }, text);
  return h(
    "div.scrubber",
    { role: "group", "aria-label": "Choose an update" },
    h(
      "button#play",
      { "aria-pressed": "false", "aria-label": "Play", title: "Play (p)", testid: "play", click: togglePlay },
      "▶"
    ),
    choice(
      "select#speed",
      { "aria-label": "Speed of playing", testid: "speed" },
      SPEEDS.map(([name], i) => [i, name]),
      view.speed,
      restart
    ),
    step("Previous update", "Previous update (←)", "‹", "previous", () => view.index - 1),
    h("input#scrub", {
      type: "range",
      min: 0,
      max: Math.max(0, list.length - 1),
      step: 1,
      value: view.index,
      "aria-label": "Update",
      testid: "scrubber",
      input: event => actions.show(Number(event.target.value))
    }),
    step("Next update", "Next update (→)", "›", "next", () => view.index + 1),
    evaluated(run).length > 1
      ? step("Next evaluation", "The update after the next evaluation (e)", "⇥", "next-evaluation", nextEvaluation)
      : null,
    h("output#where.where", { for: "scrub", testid: "where" }, ""),
    h("span#badge")
  );
}

/** The numbers of updates after which the run was evaluated. */
function evaluated(run) {
  const done = run.metrics.updates_done || [];
  const accuracy = run.metrics["eval/greedy_accuracy"] || [];
  return done.map(num).filter((n, i) => Number.isFinite(num(accuracy[i])));
}

/** The place of the first traced update that starts from the next evaluated policy; the last one if there is none. */
export function nextEvaluation() {
  const list = viewRun().trace.updates;
  const here = list[view.index].update;
  const next = evaluated(viewRun()).find(done => done > here);
  const found = next === undefined ? -1 : list.findIndex(entry => entry.update >= next);
  return found < 0 ? list.length - 1 : found;
}

export function togglePlay() {
  if (view.playing) stop();
  else start();
  const button = byId("play");
  button.textContent = view.playing ? "❚❚" : "▶";
  button.setAttribute("aria-label", view.playing ? "Pause" : "Play");
  button.setAttribute("aria-pressed", String(Boolean(view.playing)));
}

function start() {
  const last = () => viewRun().trace.updates.length - 1;
  if (view.index >= last()) actions.show(0);
  const [, pause, evaluations] = SPEEDS[view.speed];
  const next = () =>
    view.index < last() ? actions.show(evaluations ? nextEvaluation() : view.index + 1) : togglePlay();
  view.playing = setInterval(next, pause);
}

function stop() {
  clearInterval(view.playing);
  view.playing = null;
}

function restart(speed) {
  view.speed = Number(speed);
  if (!view.playing) return;
  stop();
  start();
}
