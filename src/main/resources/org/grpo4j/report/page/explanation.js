/* Any number as a formula, a sentence, and the tree of what it came from. */

import { h, tableHead, tableRow } from "./dom.js";
import { routerTables } from "./experts.js";
import { formula } from "./formulas.js";
import { explain } from "./model.js";
import { noteButton, noteText } from "./notes.js";
import { brief, exact, minuses, num, percent, sameBits, tokenText } from "./numbers.js";
import { NUMBERS } from "./quantities.js";
import { number } from "./selection.js";
import { branchText, SENTENCES, shortName } from "./sentences.js";
import { sourcesOf } from "./sources.js";
import { treeView } from "./tree.js";
import { tokenOf, view } from "./view.js";

const TOKEN_NUMBERS = Object.keys(NUMBERS).filter(kind => kind !== "reward");

/** Numbers of a token that the core explains. */
const FROM_CORE = new Set(["advantage", "ratio", "weight", "loss", "coefficient", "kl"]);

export function numberPanel(s, row) {
  const token = s.token === null || s.token === undefined ? null : row.tokens[s.token];
  const kind = s.kind;
  const value = token && kind in token ? token[kind] : kind === "change" ? token.after - token.before : row[kind];
  const was = token ? token.was && token.was[kind] : row.was && row.was[kind];
  const c = context(kind, row, token, value);
  const f = formula(kind, c);
  const { note } = NUMBERS[kind];
  return [
    crumbs(row, token),
    token ? tokenNumbers(row, token, kind) : rowNumbers(row, kind),
    h("h3", { testid: "explain-title" }, NUMBERS[kind].name),
    h(
      "p.explained-value",
      { testid: "explain-value", data: { value: exact(value) } },
      brief(value, 6),
      was !== undefined ? h("s", { title: exact(was) }, brief(was, 6)) : null,
      h("small.exact", minuses(exact(value)))
    ),
    h("p", SENTENCES[kind] ? SENTENCES[kind](c) : ""),
    f,
    kind === "reward" ? rewardParts(row) : null,
    kind === "before" ? sampledAndScored(row, token) : null,
    c.tree ? treeView(c.tree, value) : null,
    routerTables(token, kind === "expert"),
    sourcesOf(NUMBERS[kind].symbol),
    note ? noteText(kind === "coefficient" && token && token.branch !== "INSIDE" ? "clip" : note) : null
  ];
}

/** What a formula or a sentence may need. */
function context(kind, row, token, value) {
  const at = token || row.tokens.find(t => t.counts);
  return {
    row,
    token,
    value,
    tree: FROM_CORE.has(kind) && at && at.counts ? explain(view.model, kind, row.key, at.index) : null,
    old: token ? num(row.completion.old_logp[token.index]) : NaN,
    after: token ? num(row.completion.after_logp[token.index]) : NaN
  };
}

function crumbs(row, token) {
  const line = view.model.line;
  const parts = [
    `update ${line.update}`,
    `group ${line.batch.group_of_row[row.row]}`,
    `completion ${row.row}${row.copy ? ", copy " + row.copy : ""}`
  ];
  return h(
    "p.crumbs",
    parts.join(" › "),
    token ? [" › token ", h("span.glyph", tokenText(tokenOf(row, token)))] : null
  );
}

/** All numbers of a token, each a way to its explanation. */
function tokenNumbers(row, token, current) {
  if (!token.counts) return h("p.quiet", "This token does not count: it is masked.", noteButton("mask"));
  const cells = TOKEN_NUMBERS.map(kind => {
    const value = kind === "change" ? token.after - token.before : token[kind];
    if (!Number.isFinite(value)) return null;
    const was = token.was && token.was[kind];
    return cell(kind, current, number(kind, row, token.index, value, was));
  });
  return [h("dl.numbers", cells), token.branch !== "INSIDE" ? h("p.clip-text", branchText(token.branch)) : null];
}

function cell(kind, current, content) {
  return h("div", { class: kind === current ? "here" : null }, h("dt", shortName(kind)), h("dd", content));
}

function rowNumbers(row, current) {
  const share = row.completion.gradient ? num(row.completion.gradient.share) : NaN;
  const cells = [
    ["reward", row.reward, row.was && row.was.reward],
    ["advantage", row.advantage, row.was && row.was.advantage]
  ].map(([kind, value, was]) => cell(kind, current, number(kind, row, null, value, was)));
  return h(
    "dl.numbers",
    cells,
    Number.isFinite(share) ? h("div", h("dt", "share of gradient"), h("dd.plain", percent(share))) : null
  );
}

/** The log-probability the sampler noted beside the one the trainer scored. */
function sampledAndScored(row, token) {
  const sampler = num(row.completion.sampler_logp[token.index]),
    scored = num(row.completion.old_logp[token.index]);
  const same = sameBits(sampler, scored);
  return h(
    "table.parts",
    { testid: "sampled-and-scored", data: { same } },
    h(
      "tbody",
      tableRow("log π when it was drawn", brief(sampler, 6)),
      tableRow("log π when it was scored", brief(scored, 6)),
      tableRow(same ? "equal to the last bit" : "difference", same ? "✓" : brief(scored - sampler))
    )
  );
}

function rewardParts(row) {
  const parts = row.completion.reward.parts || [];
  return h(
    "table.parts",
    { testid: "reward-parts" },
    tableHead(["part", "value", "weight"]),
    h(
      "tbody",
      parts.map(part => tableRow(part.name, brief(part.value), brief(part.weight)))
    )
  );
}
