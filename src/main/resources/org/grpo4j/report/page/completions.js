/* A completion: its reward, its advantage, its tokens. */

import { whatIf } from "./changes.js";
import { h } from "./dom.js";
import { oneStop } from "./keys.js";
import { noteButton } from "./notes.js";
import { brief, exact, num, tokenText } from "./numbers.js";
import { QUANTITIES } from "./quantities.js";
import { number, select } from "./selection.js";
import { branchText } from "./sentences.js";
import { actions, tokenOf, view } from "./view.js";

export function completionView(row, model) {
  const completion = row.completion;
  const edit = model.canRecompute;
  const share = completion.gradient ? num(completion.gradient.share) : NaN;
  const parts = completion.reward.parts || [];
  const given = model.line.batch.advantage_rewards;
  return h(
    "div",
    {
      class: "completion" + (row.dropped ? " dropped" : "") + (row.copy ? " copy" : ""),
      testid: "completion",
      data: { row: row.row, copy: row.copy || undefined }
    },
    oneStop(
      h(
        "div.who",
        h("span.row-name", "#" + row.row + (row.copy ? "′".repeat(row.copy) : "")),
        h(
          "span.pair",
          h("span.sym", given ? "score" : "r"),
          edit && !row.copy ? rewardInput(row) : number("reward", row, null, row.reward, row.was && row.was.reward),
          edit && row.was && row.was.reward !== undefined ? h("s", brief(row.was.reward)) : null
        ),
        given
          ? h("span.pair", { title: "score less the KL penalty" }, h("span.sym", "r"), brief(given[row.row]))
          : null,
        h("span.pair", h("span.sym", "A"), number("advantage", row, null, row.advantage, row.was && row.was.advantage)),
        edit ? rowTools(row) : null,
        completion.finish === "LENGTH_LIMIT" ? h("span.tag.warn", "cut off", noteButton("truncated")) : null,
        parts.length > 1
          ? h("span.parts-line.quiet", parts.map(part => `${part.name} ${brief(part.value)}`).join(" · "))
          : null,
        Number.isFinite(share)
          ? h(
              "span.quiet.share",
              { title: "share of the update's gradient" },
              brief(100 * share, 2) + " % of the gradient"
            )
          : null
      )
    ),
    tokensView(row)
  );
}

/** The tokens are one stop of the Tab key. */
function tokensView(row) {
  const label = { role: "group", "aria-label": "Tokens of completion " + row.row, data: { lines: "tokens" } };
  if (!row.inStep) return h("div.tokens", h("p.quiet", row.completion.text, " (not in this mini-batch)"));
  return oneStop(
    h(
      "div.tokens",
      label,
      row.tokens.map(t => tokenView(row, t))
    )
  );
}

function rewardInput(row) {
  return h("input", {
    type: "number",
    step: "any",
    class: "reward" + (row.was && row.was.reward !== undefined ? " changed" : ""),
    value: String(row.reward),
    "aria-label": "Reward of completion " + row.row,
    title: "Change the reward: what if?",
    data: { number: "reward", row: row.row, value: exact(row.reward), testid: "reward-input" },
    focus: () => select({ kind: "reward", key: row.key, token: null }),
    change: event => {
      const value = event.target.valueAsNumber;
      if (!Number.isFinite(value) || value === num(row.completion.reward.total)) whatIf.rewards.delete(row.row);
      else whatIf.rewards.set(row.row, value);
      actions.refresh();
    }
  });
}

function rowTools(row) {
  const drop = () => {
    if (whatIf.dropped.has(row.row)) whatIf.dropped.delete(row.row);
    else whatIf.dropped.add(row.row);
    actions.refresh();
  };
  const copies = change => {
    const n = Math.max(0, (whatIf.copies.get(row.row) || 0) + change);
    if (n) whatIf.copies.set(row.row, n);
    else whatIf.copies.delete(row.row);
    actions.refresh();
  };
  const tool = (label, title, text, click, more) => h("button", { "aria-label": label, title, click, ...more }, text);
  if (row.copy)
    return h(
      "span.tools",
      tool("Take the copy away", "Take the copy away", "−", () => copies(-1))
    );
  return h(
    "span.tools",
    tool(
      (row.dropped ? "Put back" : "Drop") + " completion " + row.row,
      row.dropped ? "Put this completion back" : "What if this completion were not there?",
      row.dropped ? "↺" : "×",
      drop,
      { testid: "drop", "aria-pressed": String(Boolean(row.dropped)) }
    ),
    row.dropped
      ? null
      : tool("Duplicate completion " + row.row, "What if it had been sampled twice?", "+", () => copies(1), {
          testid: "duplicate"
        })
  );
}

function tokenView(row, token) {
  const q = QUANTITIES[view.quantity];
  const value = q.of(token);
  const level = token.counts ? view.scale.at(token) : 0;
  const was = token.was && token.was[view.quantity];
  const tone = level === 0 ? "" : q.hue ? " expert" : q.kind === "sequential" ? " seq" : level > 0 ? " pos" : " neg";
  const clipped = token.counts && token.branch !== "INSIDE";
  const glyph = tokenText(tokenOf(row, token));
  return h(
    "button",
    {
      class:
        "token" +
        tone +
        (token.counts ? "" : " masked") +
        (clipped ? " clipped" : "") +
        (was !== undefined ? " changed" : ""),
      vars: {
        level: Math.min(1, Math.abs(level)).toFixed(3),
        before: token.before.toFixed(4),
        after: token.after.toFixed(4),
        ...(q.hue ? { hue: q.hue(token) } : {})
      },
      title: `“${glyph}”  ${q.label}: ${q.text ? q.text(token) : brief(value)}${was !== undefined ? ", was " + brief(was) : ""}\nprobability ${brief(token.before)} → ${brief(token.after)}${clipped ? "\n" + branchText(token.branch) : ""}${token.counts ? "" : "\ndoes not count"}`,
      testid: "token",
      data: {
        key: row.key,
        row: row.row,
        copy: row.copy || undefined,
        token: token.index,
        number: view.quantity,
        value: exact(value),
        was: was === undefined ? undefined : exact(was),
        branch: token.branch,
        counts: token.counts
      },
      click: () =>
        select({ kind: view.quantity === "probability" ? "before" : view.quantity, key: row.key, token: token.index })
    },
    h("span.char", glyph),
    h("span.q", token.counts ? view.scale.text(value) : "–"),
    was !== undefined ? h("s.q", view.scale.text(was)) : null,
    h("span.bars", { "aria-hidden": "true" }, h("i.b0"), h("i.b1"))
  );
}
