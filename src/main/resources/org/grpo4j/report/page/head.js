/* The head of the page. */

import { DATA, experiments, groupSize, hasTrace, RUNS, setting } from "./data.js";
import { byId, h, replace } from "./dom.js";
import { count, minus, plural } from "./numbers.js";
import { copyLinkButton } from "./share.js";
import { projectorButton, themeButton } from "./theme.js";

export function renderHead() {
  const run = RUNS[0];
  const names = experiments();
  const several = RUNS.length > 1;
  const title = names.map(e => e.name).join(", ");
  const theme = byId("theme") || themeButton();
  replace(
    byId("top"),
    h(
      "div.head-line",
      h("p.brand", DATA.program),
      h("span.grow"),
      wayBack(),
      DATA.live ? liveState() : null,
      hasTrace(run) ? copyLinkButton() : null,
      projectorButton(),
      theme
    ),
    h("h1", title, several ? null : h("span.seed", " seed " + run.seed)),
    h("p.lead", several ? names.map(experimentLine).join("; ") : oneLine(run)),
    several ? null : algorithmSummary(run),
    RUNS.flatMap(one => one.notices || []).map(text => h("p.notice.said", { role: "status", testid: "notice" }, text))
  );
  replace(
    byId("foot"),
    h(
      "p",
      `Written by ${DATA.program}. This file is complete: it loads nothing and sends nothing. Numbers carry their full value; point at one to see it.`
    )
  );
}

/** The link back to the comparison that led here. The address is anybody's: only a page below or beside is believed. */
function wayBack() {
  const back = new URLSearchParams(location.search).get("comparison") || "";
  const isPage = /^(?:\.\.\/)+(?:[\w. -]+\/)*report\.html$/.test(back);
  return isPage ? h("a", { href: encodeURI(back) }, "to the comparison") : null;
}

function experimentLine({ name, runs }) {
  const seeds = runs.map(run => run.seed).join(", ");
  return `${name}: ${plural(runs.length, "run")}, ${runs.length === 1 ? "seed" : "seeds"} ${seeds}`;
}

/** The algorithm in a line: the columns that make it up. */
function algorithmSummary(run) {
  const set = key => setting(run, key);
  const kind = key => set(key + ".kind") || set(key);
  const detailed = (name, ...details) => {
    const given = details.filter(Boolean).join(", ");
    return name && given ? `${name} (${given})` : name;
  };
  const scale = set("advantage.scale");
  const scaled = `${set("advantage.deviation")} standard deviation of the ${scale} + ${set("advantage.std_epsilon")}`;
  const low = set("objective.surrogate.clip_low");
  const range = `${minus("-" + low)}, +${set("objective.surrogate.clip_high")}`;
  const kl = kind("objective.kl");
  const parts = [
    ["advantage", detailed(kind("advantage"), scale === "none" ? "not scaled" : scale && scaled)],
    ["surrogate", detailed(kind("objective.surrogate"), low !== undefined && range)],
    ["ratio", kind("objective.ratio_level")],
    ["averaging", kind("objective.aggregation")],
    [
      "KL",
      kl && kl !== "none"
        ? detailed("in the " + kl, `β ${set("objective.kl.coefficient")}`, set("objective.kl.estimator"))
        : kl
    ],
    ["inner epochs", set("train.inner_epochs")],
    ["mini-batches", set("train.mini_batches")],
    ["learning rate", set("train.learning_rate")],
    ["temperature", set("train.temperature")],
    ["experts", set("model.experts.count") && `${set("model.experts.active")} of ${set("model.experts.count")}`],
    ["cold start", set("cold_start.steps") && set("cold_start.steps") + " steps"]
  ].filter(([, value]) => value);
  return h(
    "dl.algorithm",
    { testid: "algorithm" },
    parts.map(([name, value]) => h("div", h("dt", name), h("dd", value)))
  );
}

/** Kept when the head is drawn again. */
function liveState() {
  return byId("live") || h("span#live.live", { testid: "live" }, "live");
}

function oneLine(run) {
  const prompts = setting(run, "train.prompts"),
    size = groupSize(run),
    updates = setting(run, "train.updates");
  const done = run.summary.updates_done ?? (run.metrics.update || []).length;
  const parts = [
    `A policy of ${run.parameters ? count(run.parameters) + " parameters" : "unknown size"} learns ${setting(run, "task")}: ${Number(done) === Number(updates) ? "" : count(done) + " of "}${count(updates)} updates of ${count(prompts)} prompts with ${count(size)} completions each.`
  ];
  if (run.status && run.status !== "finished")
    parts.push(run.status === "interrupted" ? " The run was stopped early." : " The run is not finished.");
  return parts.join("");
}
