/* The groups that were traced, a card for each. */

import { whatIf } from "./changes.js";
import { completionView } from "./completions.js";
import { byId, choice, h, replace } from "./dom.js";
import { estimatorsPanel } from "./estimators.js";
import { blockChoice, expertLegend } from "./experts.js";
import { formula } from "./formulas.js";
import { deadGroups } from "./model.js";
import { noteButton, noteText } from "./notes.js";
import { brief, exact, minuses, num, plural, sum } from "./numbers.js";
import { colourScale, legend, QUANTITIES } from "./quantities.js";
import { select } from "./selection.js";
import { actions, view } from "./view.js";

export function renderStageHead() {
  const model = view.model;
  const usable = Object.entries(QUANTITIES).filter(
    ([name, q]) => !q.available || q.available(model) || (name === "kl" && whatIf.objective.beta)
  );
  const tokens = [...model.rows.values()].flatMap(r => r.tokens);
  const scale = colourScale(view.quantity, tokens);
  view.scale = scale;
  replace(
    byId("stage-head"),
    h(
      "div.stage-head",
      h(
        "label",
        "Colour tokens by ",
        choice(
          "select#quantity",
          { testid: "quantity" },
          usable.map(([name, q]) => [name, q.label]),
          view.quantity,
          chosen => {
            view.quantity = chosen;
            actions.refresh();
          }
        )
      ),
      blockChoice(model),
      view.quantity === "expert" ? expertLegend(tokens) : legend(view.quantity, scale)
    ),
    h(
      "p.keys",
      h("span.key", h("i.bars-key", h("b"), h("b")), "probability before and after the update"),
      h("span.key", h("i.clip-key"), "clipped: no gradient"),
      h("span.key", h("i.mask-key"), "does not count")
    )
  );
}

export function renderGroups() {
  const model = view.model;
  replace(
    byId("groups"),
    model.line.groups.map(group => groupCard(group, model))
  );
}

function groupCard(group, model) {
  const rows = [...model.rows.values()]
    .filter(r => group.completions.includes(r.completion))
    .sort((a, b) => a.row - b.row || a.copy - b.copy);
  return h(
    "article.card.group",
    { id: "group-" + group.group, testid: "group", data: { group: group.group } },
    h(
      "header",
      h("h3", "Group " + group.group),
      h(
        "p.prompt",
        h("code", group.prompt),
        group.answer ? h("span.quiet", " right answer ", h("code", group.answer)) : null
      ),
      groupRewards(group, rows, model),
      groupTexts(group, rows),
      model.canRecompute
        ? h(
            "button.quiet",
            {
              testid: "estimators-of-group",
              data: { group: group.group },
              click: () => select({ build: () => estimatorsPanel(group) })
            },
            "GRPO | RLOO | Dr. GRPO"
          )
        : null
    ),
    group.greedy_before !== undefined ? greedyAnswers(group) : null,
    h(
      "div.completions",
      rows.map(row => completionView(row, model))
    )
  );
}

function groupRewards(group, rows, model) {
  const rewards = rows.filter(r => !r.dropped).map(r => r.reward);
  const penalised = model.line.batch.advantage_rewards;
  if ((deadGroups(model, true) || []).includes(group.group))
    return h("p.tag.dead", "dead: all rewards equal", noteButton("dead"));
  const deviation = h(
    "button.num",
    {
      data: { number: "deviation", group: group.group, value: exact(group.reward_sample_deviation) },
      click: () => select({ build: () => deviationPanel(group) })
    },
    brief(group.reward_sample_deviation)
  );
  return h(
    "p.tag",
    penalised ? "mean score " : "mean reward ",
    h("b", brief(sum(rewards) / rewards.length)),
    penalised && sameRewards(group, rows) ? [", less KL ", h("b", brief(group.reward_mean))] : null,
    sameRewards(group, rows) && Number.isFinite(num(group.reward_sample_deviation))
      ? [", standard deviation ", deviation]
      : null
  );
}

function groupTexts(group, rows) {
  const texts = new Set(group.completions.map(c => c.text)).size;
  const alike = texts === 1 && rows.length > 1;
  return h(
    "p.tag",
    { class: alike ? "warn" : null, testid: "distinct" },
    alike ? "all texts the same" : plural(texts, "different text"),
    alike ? noteButton("identical") : null
  );
}

function greedyAnswers(group) {
  const same = group.greedy_before === group.greedy_after;
  return h(
    "p.greedy",
    { testid: "greedy" },
    h("span.quiet", "greedy answer "),
    h("code", group.greedy_before),
    h("span.arrow", " → "),
    h("code", { class: same ? "same" : "new" }, same ? "the same" : group.greedy_after),
    noteButton("greedy")
  );
}

function sameRewards(group, rows) {
  return (
    rows.length === group.completions.length && rows.every(r => !r.dropped && !(r.was && r.was.reward !== undefined))
  );
}

function deviationPanel(group) {
  const batch = view.line.batch;
  const given = batch.advantage_rewards || batch.rewards;
  const f = formula("deviation", { value: num(group.reward_sample_deviation) });
  return [
    h("p.crumbs", `update ${view.line.update} › group ${group.group}`),
    h("h3", "Sample deviation of the rewards"),
    h(
      "p.explained-value",
      brief(group.reward_sample_deviation, 6),
      h("small.exact", minuses(exact(group.reward_sample_deviation)))
    ),
    h(
      "p",
      batch.advantage_rewards ? "Scores less the KL penalty " : "Rewards ",
      h("code", group.completions.map(c => brief(given[c.row])).join(", ")),
      ", mean ",
      h("b", brief(group.reward_mean))
    ),
    f,
    noteText("deviation")
  ];
}
