/* The learning curves: one run with everything, several runs as means with bands. */

import { chart, CHARTS, markCharts } from "./charts.js";
import {
  column,
  experiments,
  groupSize,
  hasTrace,
  measures,
  predictedDead,
  rewardIsRightOrWrong,
  RUNS
} from "./data.js";
import { byId, h, replace } from "./dom.js";
import { loadPanels } from "./experts.js";
import { oneStop } from "./keys.js";
import { perRow, smoothed } from "./lines.js";
import { noteButton } from "./notes.js";
import { num, plural, sum } from "./numbers.js";
import { actions, view } from "./view.js";

function panels() {
  const one = RUNS.length === 1;
  const list = [
    ...(one
      ? [accuracyPanel(RUNS[0])]
      : [
          panel("reward", "Reward while training", "mean of the update", ["reward"], {
            wide: true,
            note: "reward",
            smooth: 2
          }),
          panel("accuracy", "Accuracy on held-out problems", "greedy answers", ["eval/greedy_accuracy"], {
            wide: true,
            range: [0, 1],
            note: "interval",
            sparse: true
          })
        ]),
    byLabel("reward-by-label", "Reward by kind of problem", "mean of 5 updates", "reward/", { smooth: 2 }),
    byLabel("accuracy-by-label", "Accuracy by kind of problem", "held out, greedy", "eval/greedy_accuracy/", {
      range: [0, 1],
      sparse: true
    }),
    panel("readable", "Readable thoughts", "share, held out, greedy", ["eval/readable"], {
      range: [0, 1],
      sparse: true
    }),
    panel("length", "Length of completions", "tokens", ["completions/mean_length"], { smooth: 2, note: "length" }),
    panel("entropy", "Entropy of the policy", "nats a token", ["entropy"], { smooth: 2, note: "entropy" }),
    panel("kl", "Distance from the reference policy", "KL, nats a token", ["kl"], { note: "kl" }),
    deadPanel(),
    panel("clip", "Tokens that were clipped", "share", ["clip_ratio/low_mean", "clip_ratio/high_mean"], {
      names: ["below", "above"],
      note: "clip",
      range: [0, 0],
      nothing: "No token was clipped in any update: with one step on each batch every ratio is 1."
    }),
    panel("gradient", "Length of the gradient", "before clipping", ["grad_norm"], {
      smooth: 2,
      note: "gradient",
      range: [0, 0]
    }),
    panel("old", "Distance moved within an update", "KL from the old policy", ["approx_kl"], {
      note: "ratio",
      range: [0, 0],
      nothing: ""
    }),
    panel("truncated", "Completions cut off by the limit", "share", ["completions/clipped_ratio"], {
      note: "truncated",
      range: [0, 0],
      nothing: ""
    }),
    panel("critic", "How much the critic explains", "share of variance", ["explained_variance"], { note: "critic" }),
    ...loadPanels(),
    RUNS.length > 1 &&
      panel("experts", "Experts without a token", "number, all blocks", ["experts/dead"], { note: "experts" })
  ];
  return list.filter(p => p && p.series.length);
}

function accuracyPanel(run) {
  const reward = column(run, "reward");
  const updates = column(run, "update");
  const series = [
    { name: "each update", colour: 1, x: updates, y: reward, thin: true, quiet: true },
    { name: "reward while training, mean of 5", colour: 1, x: updates, y: smoothed(reward, 2) }
  ];
  const base = run.summary["base/greedy_accuracy"];
  if (base || measures(run, "eval/greedy_accuracy")) {
    const first = base ? [base] : [{}];
    const from = (name, key) => first.map(b => num(b[key])).concat(column(run, name));
    series.push({
      name: "held-out problems, greedy, 95 %",
      colour: 0,
      sparse: true,
      interval: true,
      x: [0].concat(column(run, "updates_done")),
      y: from("eval/greedy_accuracy", "value"),
      low: from("eval/greedy_accuracy_lower", "lower"),
      high: from("eval/greedy_accuracy_upper", "upper")
    });
  }
  const share = rewardIsRightOrWrong(run);
  return {
    id: "accuracy",
    title: share ? "Share of right answers" : "Reward and accuracy",
    unit: "by update",
    wide: true,
    range: share ? [0, 1] : null,
    note: "interval",
    series
  };
}

/** A panel with a line for every label of problems; a label may be anything. */
function byLabel(id, title, unit, prefix, options) {
  const names = new Set(RUNS.flatMap(run => Object.keys(run.metrics)).filter(name => name.startsWith(prefix)));
  const columns = [...names].sort();
  return panel(id, title, unit, columns, { ...options, names: columns.map(name => name.slice(prefix.length)) });
}

function panel(id, title, unit, columns, options) {
  const series = [];
  const one = RUNS.length === 1;
  columns.forEach((name, k) => {
    for (const experiment of experiments()) {
      const runs = experiment.runs.filter(run => measures(run, name));
      if (!runs.length) continue;
      const label = (one ? [] : [experiment.name]).concat(options.names ? [options.names[k]] : []).join(", ");
      const colour = one ? k % 6 : experiment.colour;
      const dashed = !one && k > 0;
      series.push(
        ...(one ? single(runs[0], name, label, colour, options) : many(runs, name, label, colour, dashed, options))
      );
    }
  });
  return { id, title, unit, series, ...options };
}

function single(run, name, label, colour, options) {
  const x = column(run, "update");
  const y = column(run, name);
  if (!options.smooth) return [{ name: label, colour, x, y, sparse: options.sparse }];
  if (label) return [{ name: label, colour, x, y: smoothed(y, options.smooth) }];
  return [
    { name: "each", colour, x, y, thin: true, quiet: true },
    { name: "mean of " + (2 * options.smooth + 1), colour, x, y: smoothed(y, options.smooth) }
  ];
}

/** The mean of the runs at each update all of them have, the band from the lowest to the highest. */
function many(runs, name, label, colour, dashed, options) {
  const base = name === "eval/greedy_accuracy" && runs.every(run => run.summary["base/greedy_accuracy"]);
  const columns = runs.map(run =>
    (base ? [num(run.summary["base/greedy_accuracy"].value)] : []).concat(column(run, name))
  );
  const rows = Math.min(...columns.map(c => c.length));
  const mean = [],
    low = [],
    high = [];
  for (let i = 0; i < rows; i++) {
    const values = columns.map(c => c[i]).filter(Number.isFinite);
    mean.push(values.length === runs.length ? sum(values) / values.length : NaN);
    low.push(values.length === runs.length ? Math.min(...values) : NaN);
    high.push(values.length === runs.length ? Math.max(...values) : NaN);
  }
  const x = base ? [0].concat(column(runs[0], "updates_done")) : column(runs[0], "update");
  return [
    {
      name: `${label} (${plural(runs.length, "seed")})`,
      colour,
      dashed,
      x,
      y: options.smooth ? smoothed(mean, options.smooth) : mean,
      low: runs.length > 1 ? low : null,
      high: runs.length > 1 ? high : null,
      sparse: options.sparse,
      interval: runs.length > 1
    }
  ];
}

/** Meaningless where a group is a single completion. */
function deadPanel() {
  const measured = panel("dead", "Dead groups", "share of groups", ["frac_reward_zero_std"], {
    smooth: RUNS.length === 1 ? 2 : 0,
    note: "dead",
    range: [0, 1]
  });
  if (RUNS.length === 1 && rewardIsRightOrWrong(RUNS[0]) && measured.series.length) {
    const run = RUNS[0];
    const size = groupSize(run);
    measured.series.push({
      name: "pᴳ + (1−p)ᴳ",
      colour: 1,
      dashed: true,
      x: column(run, "update"),
      y: smoothed(
        column(run, "reward").map(p => predictedDead(p, size)),
        2
      )
    });
  }
  return measured;
}

/** Where a curve that is 0 all the way would say nothing, a sentence does. */
function isNothing(panel) {
  return panel.nothing !== undefined && panel.series.every(s => s.y.every(y => !(Math.abs(y) > 0)));
}

/** Wide charts have a row of their own, large ones share one in pairs, small ones share rows evenly. */
function chartRows(drawn) {
  const wide = drawn.filter(one => one.matches(".wide")),
    large = drawn.filter(one => one.matches(".large")),
    small = drawn.filter(one => !one.matches(".wide, .large"));
  const rows = (charts, ...most) => h("div.flow", { vars: perRow(charts.length, ...most) }, charts);
  return oneStop(h("div.charts", wide, rows(small, 5, 3, 1), large.length ? rows(large, 2, 2, 1) : null));
}

export function renderCurves() {
  CHARTS.length = 0;
  const list = panels();
  const drawn = list.filter(p => !isNothing(p)).map(p => chart(p, update => actions.showUpdateNear(update)));
  const said = list.filter(p => isNothing(p) && p.nothing).map(p => h("p.quiet", p.nothing, noteButton(p.note)));
  replace(
    byId("curves"),
    h("h2#curves-heading", "Learning curves"),
    h("p.lead", RUNS.length > 1 ? SEVERAL : "Thin lines are single updates. ", hasTrace(RUNS[0]) ? CLICK : null),
    drawn.length ? chartRows(drawn) : h("p.quiet", "No update is done yet."),
    said
  );
  if (view.line) markCharts(view.line.update);
}

const SEVERAL =
  "Lines are means over the seeds of an experiment, bands reach from the lowest seed to the highest. Whether two experiments differ is a question for grpo4j compare, which pairs the seeds. ";
const CLICK = "Click a curve to look inside that update.";
