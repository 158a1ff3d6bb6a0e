/* A completion on the stage: its tokens, its reward, where that lies in the group, and the push that follows. */

import { h } from "../../report/page/dom.js";
import { oneStop } from "../../report/page/keys.js";
import { brief, num, percent, tokenText } from "../../report/page/numbers.js";
import { giveReward } from "./lab.js";
import { seen } from "./reveal.js";
import { explainNumber } from "./workbench.js";
import { clipRange, pushOf, tokenOf } from "./scene.js";
import { mainSide } from "./state.js";

export function completionRow({ side, completion, place, rewards, most }) {
  const length = completion.tokens.length;
  const view = seen(place, length);
  return h(
    "div.row",
    { testid: "completion-row", data: { row: completion.row } },
    oneStop(
      h(
        "div.written",
        { role: "group", "aria-label": view.whole ? "completion " + completion.text : "being written" },
        completion.tokens.map((_, t) => tokenCell(side, completion, t, view, most))
      )
    ),
    rewardButton(side, completion, rewards, view),
    lane(completion, rewards, view),
    push(side, completion, most, view)
  );
}

function tokenCell(side, completion, t, view, most) {
  const token = tokenOf(completion, t);
  const glyph = tokenText((side.run.trace.header.vocabulary || [])[token.id] ?? "?" + token.id);
  if (t >= view.tokens) return h("span.cell.unseen", h("b", "·"));
  const level = view.pushed && token.counts ? token.advantage / most : 0;
  const tone = level > 0 ? " pos" : level < 0 ? " neg" : "";
  return h(
    view.stepped ? "button.cell" : "span.cell",
    {
      click: view.stepped && (() => explainNumber(side, "coefficient", completion.row, t)),
      testid: "cell",
      class: tone + (token.counts ? "" : " masked") + (view.stepped && token.clipped ? " clipped" : ""),
      vars: {
        level: Math.min(1, Math.abs(level)).toFixed(3),
        before: token.before.toFixed(4),
        after: token.after.toFixed(4)
      },
      title: tokenTitle(glyph, token, view)
    },
    h("b", glyph),
    h("i.p0"),
    h("i.p1", { class: view.stepped ? null : "later" }),
    view.stepped ? gauge(side, token) : h("i.gauge.empty")
  );
}

function tokenTitle(glyph, token, view) {
  const parts = [`“${glyph}” was sampled with probability ${percent(token.before)}`];
  if (view.stepped) {
    parts.push(`after the update ${percent(token.after)}`, `ratio ${brief(token.ratios.at(-1), 3)}`);
    if (token.clipped) parts.push("clipped: no gradient");
  }
  return parts.join("\n");
}

/** Ratios between a half and two, on a logarithmic axis. */
export function ratioPlace(ratio) {
  return Math.max(0, Math.min(1, (Math.log2(ratio) + 0.8) / 1.6));
}

function gauge(side, token) {
  const range = clipRange(side.settings);
  const tick = (ratio, i, all) =>
    h("u", { class: i === all.length - 1 ? "last" : null, vars: { x: ratioPlace(ratio).toFixed(3) } });
  return h(
    "i.gauge",
    { vars: range ? { from: ratioPlace(range.low).toFixed(3), to: ratioPlace(range.high).toFixed(3) } : {} },
    range ? h("em") : null,
    token.counts ? token.ratios.slice(-4).map(tick) : null
  );
}

/** The reward of a completion; a click makes the best of it, or nothing. */
function rewardButton(side, completion, { values }, view) {
  if (!view.whole) return h("span.reward-place");
  const reward = num(completion.reward.total);
  const best = Math.max(1, ...values);
  const next = reward >= best ? 0 : best;
  const { update } = side.line;
  const byHand = side.rewardsAt(update) || {};
  const good = reward >= best ? "is-right" : reward > 0 ? "is-partly" : "is-wrong";
  return h(
    "button.reward-button",
    {
      class: good + (completion.row in byHand ? " by-hand" : ""),
      testid: "reward",
      data: { row: completion.row, value: reward, copy: side === mainSide() ? undefined : side.name },
      "aria-label": `Reward ${brief(reward)} of ${completion.text}. Make it ${brief(next)}`,
      title: (completion.row in byHand ? "given by hand; " : "") + `click: make it ${brief(next)}`,
      click: () => giveReward(side, update, completion.row, next)
    },
    h("span", { "aria-hidden": "true" }, reward >= best ? "✓" : reward > 0 ? "◐" : "✗"),
    brief(reward, 3)
  );
}

/** Where the reward lies beside the others of the group; rows of it make the bar of mean and deviation. */
function lane(completion, { at, mean, values, equal, critic }, view) {
  const reward = num(completion.reward.total);
  return h(
    "div.lane",
    {
      class: (view.compared ? "compared" : "") + (equal ? " equal" : ""),
      "aria-hidden": "true",
      vars: { r: at(reward).toFixed(4) }
    },
    view.compared ? [h("i.deviation"), h("i.mean")] : null,
    view.compared && !critic && reward !== mean && values.length > 1
      ? h("i.arm", { class: reward > mean ? "pos" : "neg" })
      : null,
    view.whole ? h("i.dot") : null
  );
}

function push(side, completion, most, view) {
  if (!view.pushed) return h("div.push");
  const advantage = pushOf(completion);
  const tone = advantage > 0 ? "pos" : advantage < 0 ? "neg" : "none";
  return h(
    "button.push",
    {
      click: () => explainNumber(side, "advantage", completion.row, null),
      class: tone,
      testid: "push",
      data: { value: advantage },
      vars: { size: (Math.abs(advantage) / most).toFixed(3) },
      title: "advantage " + brief(advantage) + ": where does it come from?"
    },
    h("i.push-bar"),
    h("span", advantage > 0 ? "▲ +" : advantage < 0 ? "▼ " : "· ", brief(advantage, 3))
  );
}
