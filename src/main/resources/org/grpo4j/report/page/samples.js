/* What the policy wrote for a held-out problem, before training, on the way and at the end. */

import { byId, h, hidden, replace, tableHead } from "./dom.js";
import { parse, RUNS } from "./data.js";
import { plural } from "./numbers.js";

/** By problem: {prompt, answer, written: [{from, to, text, correct}]}, answers that stay the same once. */
function problems(run) {
  const found = new Map();
  for (const sample of lines(run.completions || "")) {
    if (!found.has(sample.prompt))
      found.set(sample.prompt, { prompt: sample.prompt, answer: sample.answer, written: [] });
    const written = found.get(sample.prompt).written;
    const last = written.at(-1);
    const done = sample.updates_done;
    if (last && last.text === sample.completion) last.to = done;
    else written.push({ from: done, to: done, text: sample.completion, correct: sample.correct });
  }
  return [...found.values()];
}

/** The objects of JSON lines; a run that still writes may have begun one. */
function lines(text) {
  const whole = text.endsWith("\n") ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter(Boolean)
    .map(line => parse(line));
}

/** The problem that shows best what was learnt: wrong before, right after. */
export function tellingProblem(run) {
  const all = problems(run);
  return all.find(p => !p.written[0].correct && p.written.at(-1).correct) || all[0];
}

export function verdict(one) {
  return h("span", { class: one.correct ? "right-answer" : "wrong-answer" }, one.correct ? "✓ right" : "✗ wrong");
}

export function renderSamples() {
  const list = RUNS.length === 1 ? problems(RUNS[0]) : [];
  byId("samples").hidden = !list.length;
  if (!list.length) return;
  replace(
    byId("samples"),
    h("h2#samples-heading", "Held-out problems through training"),
    h("p.lead", "What the policy writes if it always takes the most likely symbol. It was never trained on these."),
    h("div.flow", { vars: { wide: Math.min(3, list.length), mid: 2, narrow: 1 } }, list.map(problemView))
  );
}

function problemView({ prompt, answer, written }) {
  const when = one => (one.to > one.from ? `${one.from} to ${one.to}` : String(one.from));
  return h(
    "article.card",
    { testid: "problem" },
    h("h3", h("code", prompt), answer === undefined ? null : h("span.quiet", " right answer ", h("code", answer))),
    h(
      "table.written",
      tableHead(["updates", "writes", hidden("verdict")]),
      h(
        "tbody",
        shortened(written).map(one =>
          one.left
            ? h("tr", h("td"), h("td.quiet", { colspan: 2 }, plural(one.left, "other answer")))
            : h("tr", h("td", when(one)), h("td", h("code", one.text)), h("td", verdict(one)))
        )
      )
    )
  );
}

/** The beginning and the end of a long list. */
function shortened(written) {
  return written.length <= 9 ? written : [...written.slice(0, 6), { left: written.length - 8 }, ...written.slice(-2)];
}
