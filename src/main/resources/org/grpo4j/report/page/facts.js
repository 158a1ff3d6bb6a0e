/* The numbers of a whole update. */

import { whatIf } from "./changes.js";
import { predictedDead } from "./data.js";
import { byId, h, replace } from "./dom.js";
import { formula } from "./formulas.js";
import { deadGroups } from "./model.js";
import { oneStop } from "./keys.js";
import { noteButton, noteText } from "./notes.js";
import { brief, count, exact, num, percent, plural, sameBits, sum } from "./numbers.js";
import { entities } from "./request.js";
import { select } from "./selection.js";
import { actions, view } from "./view.js";

/** What the page recomputed: all the run's, or how many numbers the reader has changed. */
export function badge() {
  const model = view.model;
  if (!model.canRecompute) return null;
  if (model.error) return h("span.badge.bad", { testid: "badge" }, model.error);
  const differing = model.differing.length;
  const most = Math.max(0, ...model.differing.map(d => d.ulps));
  const data = { checked: model.checked, differing, ulps: most, changed: model.changed ? model.changes : undefined };
  if (model.changed) {
    return h(
      "button.badge.changed",
      { testid: "badge", data, title: "Back to the run", click: () => actions.backToRun() },
      h("span.long", `${plural(model.changes, "number")} changed by you · back to the run`),
      h("span.short", `${count(model.changes)} changed · back`)
    );
  }
  const text = `${count(model.checked)} numbers recomputed here, `;
  return h(
    "button.badge",
    {
      class: differing ? "bad" : "good",
      testid: "badge",
      data,
      click: () => select({ build: () => badgePanel(model) })
    },
    differing ? "≠ " : "✓ ",
    h("span.long", text + (differing ? `${count(model.checked - differing)} equal to` : "all equal to") + " the run's"),
    h("span.short", differing ? `${count(differing)} differ` : `${count(model.checked)} equal`)
  );
}

function badgePanel(model) {
  return [
    h("h3", "Recomputed in this page"),
    h(
      "p",
      `The Java classes that trained the run are part of this page, compiled to JavaScript. They were given this update's rewards and log-probabilities and returned ${count(model.checked)} numbers: advantages of the whole batch, and ratio, KL, weight, loss, clip branch and coefficient of every token shown.`
    ),
    model.differing.length
      ? h(
          "p",
          `${count(model.differing.length)} differ from the trace: `,
          model.differing
            .slice(0, 5)
            .map(d =>
              h(
                "code",
                `${d.name}[${d.row}${d.token === null ? "" : ", " + d.token}] ${exact(d.here)} ≠ ${exact(d.there)} `
              )
            )
        )
      : h("p", "All of them equal the numbers of the trace to the last bit."),
    noteText("whatif")
  ];
}

/** A number of the whole update; under "What if" with the run's value struck through where it changed. */
function fact(testid, label, text, { now, was = now, extra, note }) {
  const changed = !sameBits(now, was);
  return h(
    "div.fact",
    { testid, class: changed ? "changed" : null, data: { value: exact(now), was: changed ? exact(was) : undefined } },
    h("dt", label, note ? noteButton(note) : null),
    h("dd", text(now), changed ? h("s", text(was)) : null, extra ? h("small", extra) : null)
  );
}

export function renderFacts() {
  const now = batchFacts(true),
    was = batchFacts(false);
  const model = view.model;
  const step = view.line.steps[view.step];
  const binary = was.binary && now.binary;
  replace(
    byId("facts"),
    oneStop(
      h(
        "dl.flow",
        { vars: { wide: 6, mid: 3, narrow: 2 } },
        fact("fact-reward", binary ? "Right answers" : "Mean reward", binary ? percent : v => brief(v), {
          now: now.mean,
          was: was.mean,
          extra: `${count(now.completions)} completions of ${count(now.groups)} prompts`,
          note: "reward"
        }),
        lossFact(model),
        fact("fact-gradient", "Gradient", v => brief(v, 3), {
          now: num(step.gradient_norm),
          extra: model.changed
            ? "of the run, not recomputed"
            : num(step.clip_factor) < 1
              ? `scaled by ${brief(step.clip_factor, 3)}`
              : "not scaled down",
          note: "gradient"
        }),
        fact("fact-dead", "Dead groups", v => (Number.isFinite(v) ? `${v} of ${now.groups}` : "–"), {
          now: now.dead,
          was: was.dead,
          extra: deadText(model, { ...now, binary }),
          note: "dead"
        }),
        fact("fact-clip", "Tokens clipped", v => percent(v), {
          now: clippedShare(model.rows),
          was: clippedShare(model.before || model.rows),
          extra: "of the tokens shown",
          note: "clip"
        }),
        fact("fact-length", "Mean length", v => brief(v, 3), {
          now: now.length,
          was: was.length,
          extra: "tokens that count",
          note: "length"
        })
      )
    )
  );
}

/** What the rewards and lengths of the batch say: of the run, or with the changes. */
function batchFacts(changed) {
  const batch = view.line.batch;
  const rows = entities(view.line, changed).map(e => e.row);
  const rewards = rows.map(row =>
    num(changed && whatIf.rewards.has(row) ? whatIf.rewards.get(row) : batch.rewards[row])
  );
  const groups = new Set(rows.map(row => batch.group_of_row[row])).size;
  return {
    completions: rows.length,
    groups,
    mean: sum(rewards) / rows.length,
    binary: rewards.every(r => r === 0 || r === 1),
    dead: (deadGroups(view.model, changed) || { length: NaN }).length,
    length: sum(rows.map(row => batch.loss_tokens[row])) / rows.length
  };
}

/** The loss of all completions needs all their tokens, so a changed one is that of the tokens shown. */
function lossFact(model) {
  if (model.changed) {
    return fact("fact-loss", "Loss of the tokens shown", v => brief(v, 3), {
      now: num(model.changed.response.lossOfRows),
      was: num(model.base.response.lossOfRows),
      extra: "its part of the loss",
      note: "loss"
    });
  }
  const loss = view.line.loss;
  const parts = [
    ["policy", loss.policy],
    ["KL", loss.kl],
    ["entropy", loss.entropy]
  ].filter(([, v]) => num(v) !== 0);
  return fact("fact-loss", "Loss, first step", v => brief(v, 3), {
    now: num(loss.total),
    extra: parts.length ? parts.map(([name, v]) => `${name} ${brief(v, 3)}`).join(", ") : "policy part 0",
    note: "loss"
  });
}

function clippedShare(rows) {
  const tokens = [...rows.values()].filter(row => row.inStep && !row.dropped).flatMap(row => row.tokens);
  const counting = tokens.filter(token => token.counts);
  return counting.length ? counting.filter(token => token.branch !== "INSIDE").length / counting.length : NaN;
}

/** How the dead groups split, and how many there would be if all prompts were alike. */
function deadText(model, now) {
  const batch = model.line.batch;
  if (!Number.isFinite(now.dead)) return "nothing is compared within a group";
  const traced = batch.dead_groups;
  const split =
    traced && traced.all_right && !model.changed
      ? `${count(traced.all_right.length)} all right, ${count(traced.all_wrong.length)} all wrong`
      : "all rewards equal";
  return now.binary && !batch.advantage_rewards ? [split + "; ", expectedDead(now)] : split;
}

function expectedDead({ mean, completions, groups, dead }) {
  const size = Math.round(completions / groups);
  const predicted = predictedDead(mean, size);
  const build = () => deadPanelText(mean, size, predicted, dead / groups);
  return h(
    "button.num",
    { data: { number: "dead", value: exact(predicted) }, click: () => select({ build }) },
    `pᴳ+(1−p)ᴳ = ${percent(predicted)}`
  );
}

function deadPanelText(p, size, predicted, measured) {
  const f = formula("dead", { p, size, value: predicted });
  return [
    h("h3", "Dead groups, expected"),
    h("p.explained-value", percent(predicted), h("small.exact", "measured " + percent(measured))),
    f,
    noteText("dead")
  ];
}
