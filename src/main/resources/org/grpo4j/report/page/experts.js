/* A mixture of experts: who a token went through, who is loaded, who is dead. Absent where a run has none. */

import { column, measures, RUNS } from "./data.js";
import { choice, h, tableHead } from "./dom.js";
import { brief, exact, num, percent, sum } from "./numbers.js";
import { actions, view } from "./view.js";

/** More lines than this nobody tells apart. */
const MOST = 16;

const name = expert => "e" + expert;

/** The colour of an expert, as an angle. */
const hue = (expert, count) => (25 + (360 * expert) / count).toFixed(1);

/** The way of a token through the blocks: {experts, gates, probabilities} of each, the heaviest expert first. */
export function routingOf(completion, t) {
  return (completion.routing || []).map(block => {
    const gates = block.gate[t].map(num);
    const order = gates.map((_, i) => i).sort((a, b) => gates[b] - gates[a]);
    return {
      experts: order.map(i => block.expert[t][i]),
      gates: order.map(i => gates[i]),
      probabilities: block.probability[t].map(num)
    };
  });
}

/** The expert with the largest gate weight in the block that is looked at; NaN without experts. */
export function topExpert(routing) {
  return routing.length ? (routing[view.block] || routing[0]).experts[0] : NaN;
}

/** What colours a token: the hue of its expert. */
export function expertHue(token) {
  return hue(token.expert, token.routing[0].probabilities.length);
}

/** The experts of a token with their gate weights. */
export function expertText({ routing }) {
  const { experts, gates } = routing[view.block];
  return experts.map((expert, i) => `${name(expert)} × ${brief(gates[i], 3)}`).join(" + ");
}

export function expertSentence(token) {
  if (!token || !token.routing.length) return "";
  const { experts, probabilities } = token.routing[view.block];
  const most = Math.max(...experts.map(e => probabilities[e]));
  const against = probabilities.some((p, e) => p > most && !experts.includes(e));
  return (
    `In block ${view.block} this token went through ${experts.map(name).join(" and ")}, with the gate weights below. ` +
    (against
      ? "They are not the most probable ones: the selection has a bias, which takes part in the choice only."
      : "The router gave " + name(experts[0]) + ` the probability ${brief(most, 3)}.`)
  );
}

/** The block to look at, where there are several. */
export function blockChoice(model) {
  if (view.quantity !== "expert" || model.blocks < 2) return null;
  const blocks = Array.from({ length: model.blocks }, (_, b) => [b, b]);
  return h(
    "label",
    "in block ",
    choice("select#block", { testid: "block" }, blocks, view.block, chosen => {
      view.block = Number(chosen);
      actions.refresh();
    })
  );
}

/** Which experts the tokens shown have, each with its number, colour and share. */
export function expertLegend(tokens) {
  const counting = tokens.filter(t => t.counts);
  const counts = new Map();
  for (const token of counting) counts.set(token.expert, (counts.get(token.expert) || 0) + 1);
  const found = [...counts.keys()].sort((a, b) => a - b);
  return h(
    "p.legend",
    { testid: "legend" },
    h("span", "On a token: the expert with the largest gate weight."),
    found.map(expert =>
      h(
        "span.key",
        { title: `${counts.get(expert)} of the ${counting.length} tokens shown` },
        h("i.expert-key", { vars: { hue: expertHue(counting.find(t => t.expert === expert)) }, "aria-hidden": "true" }),
        `${name(expert)} ${percent(counts.get(expert) / counting.length, 0)}`
      )
    )
  );
}

/** The router's probabilities of a token, block by block. */
export function routerTables(token, open) {
  if (!token || !token.routing.length) return null;
  return h(
    "details.sources",
    { testid: "router", open },
    h("summary", "Experts: ", token.routing.map(block => block.experts.map(name).join(" + ")).join(", then ")),
    token.routing.map((block, b) => routerTable(block, token.routing.length > 1 ? b : null))
  );
}

function routerTable({ experts, gates, probabilities }, block) {
  const all = probabilities.map((_, e) => e);
  const likely = all.toSorted((a, b) => probabilities[b] - probabilities[a]).slice(0, MOST);
  const shown = all.filter(e => likely.includes(e) || experts.includes(e));
  return h(
    "table.router",
    h("caption", block === null ? "Router" : `Router of block ${block}`),
    tableHead(["expert", "probability", "gate"]),
    h(
      "tbody",
      shown.map(e =>
        h(
          "tr",
          { class: experts.includes(e) ? "chosen" : null },
          h("th", { scope: "row" }, name(e)),
          h(
            "td.bar-cell",
            h("span.bar.expert", { vars: { w: probabilities[e].toFixed(4), hue: hue(e, all.length) } }),
            h("span.bar-number", { title: exact(probabilities[e]) }, brief(probabilities[e], 3))
          ),
          h("td", experts.includes(e) ? brief(gates[experts.indexOf(e)], 3) : "–")
        )
      )
    ),
    shown.length < all.length
      ? h("tfoot", h("tr", h("td", { colspan: 3 }, `and ${all.length - shown.length} less probable ones`)))
      : null
  );
}

/** A chart for each block: the share of tokens that went through each expert. */
export function loadPanels() {
  const run = RUNS[0];
  if (RUNS.length > 1 || !measures(run, "experts/dead")) return [];
  const loads = Object.keys(run.metrics)
    .map(key => /^experts\/load\/block(\d+)\/(\d+)$/.exec(key))
    .filter(Boolean);
  const blocks = [...new Set(loads.map(found => Number(found[1])))].sort((a, b) => a - b);
  return blocks.map(block => {
    const count = loads.filter(found => Number(found[1]) === block).length;
    const all = Array.from({ length: count }, (_, e) => [e, column(run, `experts/load/block${block}/${e}`)]);
    return loadPanel(block, blocks.length, all, column(run, "update"));
  });
}

function loadPanel(block, blocks, all, x) {
  const byLoad = all.toSorted((a, b) => b[1].at(-1) - a[1].at(-1));
  const drawn = all.length > MOST ? [...byLoad.slice(0, MOST / 2), ...byLoad.slice(-MOST / 2)] : all;
  const even = sum(all.map(([, y]) => y.at(-1))) / all.length;
  return {
    id: "experts-block" + block,
    title: "Load of the experts" + (blocks > 1 ? `, block ${block}` : ""),
    unit: "share of tokens" + (drawn.length < all.length ? `; the ${MOST / 2} most and least loaded` : ""),
    note: "experts",
    large: true,
    range: [0, 0],
    below: deadText(all),
    series: [
      ...drawn.map(([e, y]) => ({ name: name(e), hue: hue(e, all.length), dashed: e % 2 === 1, x, y })),
      { name: "even", colour: 5, thin: true, x, y: x.map(() => even) }
    ]
  };
}

function deadText(all) {
  const names = list => list.map(([e]) => name(e)).join(", ");
  const now = all.filter(([, y]) => y.at(-1) === 0);
  const once = all.filter(([, y]) => y.at(-1) !== 0 && y.includes(0));
  return (
    (now.length ? `Dead in the last update: ${names(now)}.` : "No dead expert in the last update.") +
    (once.length ? ` Without a token in an earlier one: ${names(once)}.` : "")
  );
}
