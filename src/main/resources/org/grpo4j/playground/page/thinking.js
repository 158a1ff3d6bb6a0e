/* Watch it think: what the policy would write after a prompt and the beginning of a completion. */

import { byId, h, replace } from "../../report/page/dom.js";
import { keepingFocus } from "../../report/page/keys.js";
import { percent, tokenText } from "../../report/page/numbers.js";
import { taskOf } from "./tasks.js";
import { lab, mainSide } from "./state.js";

const BARS = 7;

const state = { prompt: null, completion: "", at: null, answers: [], asking: false, again: false, problem: null };

export function renderThinking() {
  const side = mainSide();
  if (!side) return;
  if (state.prompt === null) state.prompt = taskOf(side.settings.task).prompt;
  const field = (id, label, value, change) =>
    h(
      "label.line",
      h("span", label),
      h("input", { id, testid: id, type: "text", value, spellcheck: "false", autocomplete: "off", input: change })
    );
  replace(
    byId("think"),
    h("h2#think-heading", "Watch it think"),
    h("p.quiet", "Type a prompt, and if you like the beginning of a completion. Click a bar to go on with that token."),
    field("think-prompt", "Prompt", state.prompt, event => type({ prompt: event.target.value })),
    field("think-completion", "Completion", state.completion, event => type({ completion: event.target.value })),
    h("div#thought", { "aria-live": "off" })
  );
  ask();
}

/** Begins with the task's own example again. */
export function forgetThought() {
  Object.assign(state, { prompt: null, completion: "", at: null });
}

function type(changes) {
  Object.assign(state, changes, { at: null });
  ask();
}

/** Asks every run; while an answer is on its way, only that there is another question is kept. */
export async function ask() {
  if (state.asking) {
    state.again = true;
    return;
  }
  state.asking = true;
  const { prompt, completion } = state;
  try {
    state.answers = await Promise.all(
      lab.sides.map(side =>
        side.engine.call("think", { prompt, completion, temperature: side.settings["train.temperature"] })
      )
    );
    state.problem = null;
  } catch (problem) {
    state.problem = problem.message;
  }
  state.asking = false;
  if (state.again) {
    state.again = false;
    return ask();
  }
  draw();
}

function vocabulary() {
  return mainSide().run.trace.header.vocabulary;
}

function draw() {
  const place = byId("thought");
  if (!place || !mainSide().run.trace.header) return;
  if (state.problem) return replace(place, h("p.problem", { role: "alert" }, state.problem));
  const steps = state.answers[0].probabilities;
  const at = state.at === null ? steps.length - 1 : Math.min(state.at, steps.length - 1);
  keepingFocus(() =>
    replace(
      place,
      h("div.prefixes", { role: "group", "aria-label": "Prefixes" }, prefixes(steps, at)),
      h("p.quiet", "next token", at < steps.length - 1 ? " here" : ""),
      h("div.bars-of", bars(at)),
      lab.sides.map((side, i) => greedy(side, i))
    )
  );
}

/** The tokens of what was typed, each with the probability it had; a click looks at the distribution before it. */
function prefixes(steps, at) {
  const characters = [...state.completion];
  const glyph = (text, i, below) =>
    h(
      "button.prefix",
      {
        class: i === at ? "here" : null,
        "aria-pressed": String(i === at),
        id: "prefix-" + i,
        click: () => {
          state.at = i;
          draw();
        }
      },
      h("b", text),
      h("small", below)
    );
  return steps.map((step, i) => {
    if (i >= characters.length) return glyph("?", i, "next");
    const id = vocabulary().indexOf(characters[i]);
    return glyph(tokenText(characters[i]), i, id < 0 ? "–" : percent(step[id], 0));
  });
}

/** The likeliest tokens after a prefix, those of a second run below them. */
function bars(at) {
  const all = state.answers.map(answer => answer.probabilities[Math.min(at, answer.probabilities.length - 1)]);
  const order = [...all[0].keys()].sort((a, b) => all[0][b] - all[0][a]).slice(0, BARS);
  const end = vocabulary().indexOf("$");
  return order.map(id => {
    const text = tokenText(vocabulary()[id]);
    return h(
      "button.think-bar",
      {
        testid: "think-bar",
        data: { token: id, value: all[0][id] },
        disabled: id === end,
        "aria-label": `${id === end ? "end" : text}, ${percent(all[0][id])}. Go on with it`,
        click: () => goOn(at, vocabulary()[id])
      },
      h("b", id === end ? "end" : text),
      h(
        "span.tracks",
        all.map((p, i) => h("i", { class: "c" + i, vars: { p: p[id].toFixed(4) } }))
      ),
      h("span", percent(all[0][id]))
    );
  });
}

function goOn(at, token) {
  const kept = [...state.completion].slice(0, at).join("");
  state.completion = kept + token;
  state.at = null;
  byId("think-completion").value = state.completion;
  ask();
}

function greedy(side, i) {
  const answer = state.answers[i];
  return h(
    "p.greedy-rest",
    lab.sides.length > 1 ? h("b", { class: "side-name c" + i }, side.name) : null,
    h("span.quiet", "most likely: "),
    h("code", state.prompt, h("mark", answer ? answer.greedy : ""))
  );
}
