/* Every completion of an update as a dot, a column for each group. */

import { whatIf } from "./changes.js";
import { byId, h, replace, svg } from "./dom.js";
import { deadGroups } from "./model.js";
import { noteButton } from "./notes.js";
import { batchGroupPanel } from "./groupcard.js";
import { oneStop } from "./keys.js";
import { brief, num } from "./numbers.js";
import { select } from "./selection.js";
import { saveButtons } from "./share.js";
import { view } from "./view.js";

const PITCH = 14;

export function renderBatch() {
  const batch = batchNow(view.line);
  const plan = layout(batch);
  const picture = svg(
    "svg.batch",
    {
      viewBox: `0 0 ${plan.width} ${plan.height}`,
      role: "group",
      "aria-label":
        `${batch.groups.length} groups of ${batch.size} completions` +
        (batch.compared ? `; ${batch.dead.size} dead` : ""),
      testid: "batch"
    },
    batch.groups.map((rows, g) => column(batch, rows, g, plan))
  );
  replace(
    byId("batch"),
    h(
      "h3",
      "The whole batch",
      noteButton("dead"),
      saveButtons("The whole batch", () => picture)
    ),
    oneStop(picture, "g.pick"),
    keys(batch)
  );
}

/** The batch with the changes: groups of rows, rewards, which groups are dead, which are shown below. */
function batchNow(line) {
  const batch = line.batch;
  const groups = batch.prompts.map(() => []);
  batch.group_of_row.forEach((g, i) => groups[g].push(i));
  const compared = deadGroups(view.model, true);
  const rewards = batch.rewards.map((r, i) => num(whatIf.rewards.has(i) ? whatIf.rewards.get(i) : r));
  return {
    prompts: batch.prompts,
    texts: batch.texts,
    groups,
    rewards,
    size: Math.max(...groups.map(rows => rows.length)),
    least: Math.min(...rewards),
    most: Math.max(...rewards),
    compared,
    dead: new Set(compared || []),
    traced: new Set(line.groups.map(g => g.group))
  };
}

/** Large groups lie down, a line for each; small ones stand side by side. */
function layout({ groups, size }) {
  const lying = size > 16;
  const length = size * 12 + 30;
  const perLine = lying ? 1 : Math.min(groups.length, 32);
  const lines = Math.ceil(groups.length / perLine);
  const place = g => (along, off) => {
    if (lying) return [along, g * PITCH + off];
    return [(g % perLine) * PITCH + off, Math.floor(g / perLine) * length + along];
  };
  const box = g => (along, off, deep, thick, name) => {
    const [x, y] = place(g)(along, off);
    const rx = Math.min(3, deep / 2, thick / 2);
    return svg("rect", { class: name, x, y, width: lying ? deep : thick, height: lying ? thick : deep, rx });
  };
  const [width, height] = lying ? [length, groups.length * PITCH] : [perLine * PITCH, lines * length];
  return { width, height, place, box };
}

function column(batch, rows, g, plan) {
  const dead = batch.dead.has(g),
    traced = batch.traced.has(g),
    end = batch.size * 12;
  const place = plan.place(g),
    box = plan.box(g);
  const pick = () => select({ build: () => batchGroupPanel(g) });
  const element = svg(
    "g.pick",
    {
      class: (dead ? "dead" : "live") + (traced ? " traced" : ""),
      role: "button",
      "aria-label": `Group ${g}: ${batch.prompts[g]}${dead ? ", dead" : ""}${traced ? ", shown below" : ""}`,
      data: { group: g },
      click: pick,
      keydown: event => ["Enter", " "].includes(event.key) && (event.preventDefault(), pick())
    },
    svg("title", columnText(batch, rows, g)),
    box(0, 0.5, end + 4, PITCH - 1, "column"),
    rows.map((row, k) => dot(batch, row, place(8 + k * 12, PITCH / 2)))
  );
  if (dead) element.append(svg("path.cross", { d: `M${place(end + 9, 4.5).join(" ")}l5 5m0 -5l-5 5` }));
  if (traced) element.append(box(end + 20, 2, 3, PITCH - 4, "below"));
  return element;
}

function columnText({ prompts, texts, dead, rewards }, rows, g) {
  const lines = rows.map(row => `${texts ? texts[row] : "#" + row}   ${brief(rewards[row])}`);
  return `group ${g}: ${prompts[g]} ${dead.has(g) ? "(dead: all rewards equal)" : ""}\n` + lines.join("\n");
}

function dot({ rewards, least, most }, row, [cx, cy]) {
  const share = most > least ? (rewards[row] - least) / (most - least) : rewards[row] > 0 ? 1 : 0;
  const name = whatIf.dropped.has(row) ? "dot dropped" : "dot";
  return svg("circle", { class: name, cx, cy, r: 4, "fill-opacity": (0.02 + 0.98 * share).toFixed(2) });
}

function keys({ compared, least, most }) {
  return h(
    "p.keys",
    h("span.key", h("i.dot-key.full"), most > least ? "reward " + brief(most) : "all equal"),
    most > least ? h("span.key", h("i.dot-key"), "reward " + brief(least)) : null,
    compared ? h("span.key", h("i.cross-key", "×"), "dead group") : null,
    h("span.key", h("i.below-key"), "shown below"),
    h("span.key", "Click a column for its texts")
  );
}
