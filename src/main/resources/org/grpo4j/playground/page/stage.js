/* The middle of the page: one group of the update, from its prompt to what the step did. */

import { byId, h, hidden, replace } from "../../report/page/dom.js";
import { keepingFocus } from "../../report/page/keys.js";
import { noteButton } from "../../report/page/notes.js";
import { brief } from "../../report/page/numbers.js";
import { clipView } from "./clipview.js";
import { phaseNow, PHASES } from "./reveal.js";
import { completionRow } from "./row.js";
import { chosen, mostAdvantage, pushOf, rewardsOf, scene } from "./scene.js";
import { frontier, lab } from "./state.js";

const NAMES = { sample: "Sample", compare: "Compare", push: "Push", step: "Step" };

const SENTENCES = {
  sample: "The policy writes several completions for the same prompt, a token at a time; a rule rewards each.",
  compare: "The mean of the group is the yardstick; the deviation says how far apart the rewards are.",
  push: "Better than the mean pushes a completion's tokens up, worse pushes them down.",
  step: "One optimiser step: every token's probability before and after, and how far its ratio went."
};

export function renderStage() {
  const place = byId("stage");
  keepingFocus(() =>
    replace(
      place,
      h("div.stage-top", h("h2#stage-heading", title()), groupChoice(), phases()),
      h("p.phase-text", phaseText()),
      h("div.groups-shown", { class: lab.sides.length > 1 ? "two-runs" : null }, lab.sides.map(groupOf))
    )
  );
}

function title() {
  const line = lab.sides[0] && lab.sides[0].line;
  if (line) return ["Update ", String(line.update), hidden(", one of its groups")];
  return lab.problem ? "Nothing runs" : "The engine starts …";
}

function phases() {
  const now = PHASES.indexOf(phaseNow());
  return h(
    "ol.phases",
    { "aria-label": "Parts of an update" },
    PHASES.map((name, i) =>
      h(
        "li",
        { class: i === now ? "now" : i < now ? "done" : null, "aria-current": i === now ? "step" : null },
        NAMES[name]
      )
    )
  );
}

function phaseText() {
  const side = lab.sides[0];
  if (!side || !side.line) return "";
  if (!lab.reveal && !lab.playing && side.line.update < frontier() - 1)
    return "In the past: going on does the same again; a change, or a reward by hand, begins another branch here.";
  if (!lab.reveal)
    return "Click a reward to make it right or wrong by hand, a token or a push to see where it comes from.";
  return SENTENCES[phaseNow()];
}

/** Which of the groups that were looked into. */
function groupChoice() {
  const line = lab.sides[0] && lab.sides[0].line;
  if (!line || line.groups.length < 2) return null;
  return h(
    "div.group-choice",
    { role: "group", "aria-label": "Group" },
    line.groups.map((group, i) =>
      h(
        "button",
        {
          "aria-pressed": String(i === chosen.group % line.groups.length),
          testid: "group-choice",
          id: "group-choice-" + i,
          click: () => {
            chosen.group = i;
            renderStage();
          }
        },
        h("code", group.prompt)
      )
    )
  );
}

function groupOf(side) {
  const group = scene(side);
  if (!group) return null;
  const rewards = rewardsOf(group, side.settings["critic.kind"] !== "none");
  const taught = group.completions.some(completion => pushOf(completion) !== 0);
  const most = mostAdvantage(group);
  const phase = PHASES.indexOf(phaseNow());
  return h(
    "article.card.scene",
    {
      testid: "scene",
      data: { phase, run: side.name },
      vars: laneVars(rewards),
      class: rewards.equal && !rewards.critic && !taught ? "dead" : null
    },
    h(
      "header",
      lab.sides.length > 1 ? h("span.side-name", { class: "c" + lab.sides.indexOf(side) }, side.name) : null,
      h(
        "p.asked",
        h("code", group.prompt),
        group.answer ? [" right answer ", h("code.right-answer", group.answer)] : null
      ),
      h("p.yardstick", phase >= 1 ? yardstick(rewards, taught) : null)
    ),
    h(
      "div.rows",
      { class: rewards.values.length > 12 ? "many" : null },
      heading(rewards),
      group.completions.map((completion, i) => completionRow({ side, completion, place: i, rewards, most }))
    ),
    phase >= 3 ? [keys(), clipView(side, group)] : null
  );
}

function laneVars({ mean, deviation, at }) {
  const clamp = share => Math.max(0, Math.min(1, share)).toFixed(4);
  return { mean: clamp(at(mean)), low: clamp(at(mean - deviation)), high: clamp(at(mean + deviation)) };
}

function yardstick({ mean, deviation, equal, values, critic }, taught) {
  if (critic)
    return [
      "mean reward ",
      h("b", brief(mean, 3)),
      "; the critic's expectation is the yardstick",
      noteButton("critic")
    ];
  if (equal && taught)
    return ["reward ", h("b", brief(mean, 3)), ", compared with more than this group", noteButton("deviation")];
  if (equal)
    return [
      h("b.dead-word", "A dead group"),
      values.length > 1
        ? `: all ${values.length} rewards are ${brief(mean, 3)}, so nothing is better or worse, and nothing is learned.`
        : ": one completion has nothing to be compared with, and nothing is learned.",
      noteButton("dead")
    ];
  return [
    h("i.band-key"),
    "mean ",
    h("b", brief(mean, 3)),
    " ± deviation ",
    h("b", brief(deviation, 3)),
    noteButton("deviation")
  ];
}

/** What the marks on the tokens are. */
function keys() {
  return h(
    "p.keys",
    h("span.key", h("i.bars-key", h("b"), h("b")), "probability before and after the step"),
    h("span.key", h("i.gauge-key"), "ratio after each step, in its range"),
    h("span.key", h("i.clip-key"), "clipped: no gradient"),
    h("span.key", h("code", "$"), "the end of a completion")
  );
}

/** What the columns are, and the ends of the axis of rewards. */
function heading({ least, most, at, critic }) {
  const mark = value => h("i", { vars: { x: at(value).toFixed(4) } }, brief(value, 2));
  return h(
    "div.row.row-head",
    { "aria-hidden": "true" },
    h("span.head-tokens", "completion"),
    h("span.head-reward", "reward"),
    h("span.head-lane", mark(least), mark(most)),
    h("span.head-push", critic ? "push (mean advantage)" : "push (advantage)")
  );
}
