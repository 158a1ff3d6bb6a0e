/* The curves above the stage: drawn once, then fed. */

import { chart, CHARTS, markCharts, redrawCharts } from "../../report/page/charts.js";
import { column, groupSize, measures, predictedDead, rewardIsRightOrWrong } from "../../report/page/data.js";
import { byId, h, replace } from "../../report/page/dom.js";
import { smoothed } from "../../report/page/lines.js";
import { num } from "../../report/page/numbers.js";
import { look } from "./lab.js";
import { lab } from "./state.js";

const HEIGHT = 128;
const DRAW_MILLIS = 90;

const PANELS = [
  { id: "reward", title: "Reward", unit: "of the update, mean of 5", range: [0, 1], note: "reward", first: true },
  {
    id: "dead",
    title: "Dead groups",
    unit: "share",
    column: "frac_reward_zero_std",
    range: [0, 1],
    note: "dead",
    smooth: 2
  },
  {
    id: "entropy",
    title: "Entropy",
    unit: "nats a token",
    column: "entropy",
    note: "entropy",
    range: [0, 0],
    smooth: 2
  },
  { id: "length", title: "Length", unit: "tokens", column: "completions/mean_length", note: "length", smooth: 2 },
  { id: "clip", title: "Clipped tokens", unit: "share", column: "clip_ratio/region_mean", note: "clip", range: [0, 0] },
  { id: "kl", title: "KL to the reference", unit: "nats a token", column: "kl", note: "kl", range: [0, 0] },
  { id: "gradient", title: "Gradient", unit: "length", column: "grad_norm", note: "gradient", range: [0, 0], smooth: 2 }
];

let panels = [];
let drawn = 0;
let cost = 0;
let waiting = false;

export function renderProgress() {
  CHARTS.length = 0;
  panels = PANELS.map(panel => ({ ...panel, height: HEIGHT, series: [] }));
  if (lab.sides.length > 1)
    panels.splice(1, 0, {
      id: "difference",
      title: "B − A",
      unit: "reward, paired",
      height: HEIGHT,
      series: [],
      note: "reward"
    });
  feed();
  const make = panel => chart(panel, update => look(Math.min(update, shownRows() - 1)));
  const first = panels.slice(0, 3),
    more = panels.slice(3);
  const open = byId("more-curves") ? byId("more-curves").open : false;
  replace(
    byId("curves"),
    h("h2#curves-heading.visually-hidden", "Curves"),
    h("div.curve-strip", first.map(make)),
    h(
      "details#more-curves",
      { open, toggle: () => redrawCharts() },
      h("summary", "More curves"),
      h("div.curve-strip.more", more.map(make))
    )
  );
}

function shownRows() {
  return Math.max(1, ...lab.sides.map(side => side.rows()));
}

/** Draws what has come, at most a few times a second; long curves, which take their time, more seldom. */
export function feedProgress() {
  if (waiting) return;
  waiting = true;
  setTimeout(
    () =>
      requestAnimationFrame(() => {
        waiting = false;
        const began = performance.now();
        feed();
        redrawCharts();
        markShown();
        drawn = performance.now();
        cost = drawn - began;
      }),
    Math.max(0, DRAW_MILLIS + 6 * cost - (performance.now() - drawn))
  );
}

function markShown() {
  const side = lab.sides[0];
  if (side && side.line) markCharts(side.line.update);
}

function feed() {
  for (const panel of panels) {
    if (panel.id === "reward") panel.series = lab.sides.flatMap(rewardSeries);
    else if (panel.id === "difference") panel.series = differenceSeries();
    else panel.series = lab.sides.flatMap((side, i) => lines(side, i, panel));
    if (panel.id === "dead") panel.series.push(...predicted());
    panel.events = lab.sides.flatMap(eventsOf);
  }
}

function eventsOf(side) {
  return side.changes.map(change => ({
    x: change.update,
    text: change.given
      ? Object.entries(change.given)
          .map(([name, value]) => `${name}: ${value}`)
          .join(", ")
      : "reward by hand"
  }));
}

function branchLines(side, colour, name, smooth) {
  return side.branches
    .filter(branch => branch.metrics[name])
    .map(({ from, metrics }) => {
      const y = metrics[name].map(v => v ?? NaN);
      return {
        name: "left",
        colour,
        pale: true,
        quiet: true,
        dashed: true,
        x: y.map((_, i) => from + i),
        y: smooth ? smoothed(y, smooth) : y
      };
    });
}

function rewardSeries(side, i) {
  const named = text => (lab.sides.length > 1 ? side.name + (text ? ", " + text : "") : text);
  const colour = lab.sides.length > 1 ? i : 1;
  const x = column(side.run, "update");
  const y = column(side.run, "reward");
  const series = [
    ...branchLines(side, colour, "reward", 2),
    { name: "each", colour, x, y, thin: true, quiet: true },
    { name: named(lab.sides.length > 1 ? "" : "reward"), colour, x, y: smoothed(y, 2) }
  ];
  if (side.settings.reward !== "correct" && measures(side.run, "rewards/correct/mean"))
    series.push({
      name: named("truly right"),
      colour: lab.sides.length > 1 ? i : 2,
      dashed: true,
      x,
      y: smoothed(column(side.run, "rewards/correct/mean"), 2)
    });
  const held = heldOut(side);
  if (held.y.some(Number.isFinite))
    series.push({
      name: named("held out"),
      colour: lab.sides.length > 1 ? i : 0,
      dashed: lab.sides.length > 1,
      sparse: true,
      interval: true,
      ...held
    });
  return series;
}

/** Held-out accuracy after 0, 1, 2 … updates, where it was measured. */
function heldOut(side) {
  const from = name => [num((side.before || {})[name]), ...column(side.run, name)];
  const y = from("eval/greedy_accuracy");
  return {
    x: y.map((_, k) => k),
    y,
    low: from("eval/greedy_accuracy_lower"),
    high: from("eval/greedy_accuracy_upper")
  };
}

function lines(side, i, { column: name, smooth }) {
  if (!measures(side.run, name)) return [];
  const y = column(side.run, name);
  const x = column(side.run, "update");
  return [
    ...branchLines(side, i, name, smooth),
    { name: lab.sides.length > 1 ? side.name : "", colour: i, x, y: smooth ? smoothed(y, smooth) : y }
  ];
}

/** The second run's reward less the first's, update by update: same prompts, same draws. */
function differenceSeries() {
  const [first, second] = lab.sides.map(side => column(side.run, "reward"));
  if (!second) return [];
  const y = Array.from({ length: Math.min(first.length, second.length) }, (_, i) => second[i] - first[i]);
  const x = y.map((_, i) => i);
  return [
    { name: "", colour: 2, x, y: smoothed(y, 2) },
    { name: "none", colour: 5, x, y: y.map(() => 0), thin: true, quiet: true }
  ];
}

/** How many groups were dead if every prompt were solved equally often. */
function predicted() {
  const side = lab.sides[0];
  if (!side || lab.sides.length > 1 || !rewardIsRightOrWrong(side.run)) return [];
  if (!measures(side.run, "frac_reward_zero_std")) return [];
  const y = column(side.run, "reward").map(p => predictedDead(p, groupSize(side.run)));
  return [{ name: "pᴳ + (1−p)ᴳ", colour: 1, dashed: true, x: column(side.run, "update"), y: smoothed(y, 2) }];
}
