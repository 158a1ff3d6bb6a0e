/* A tour of six steps through one update: from the reward to the changed probability, and on to "what if". */

import { byId, h } from "./dom.js";
import { noteButton } from "./notes.js";
import { num } from "./numbers.js";
import { select, showNote } from "./selection.js";
import { actions, view } from "./view.js";

const STEPS = [
  {
    title: "The reward",
    kind: "reward",
    text: "One completion of one prompt. A rule says whether its answer is right; this is the only number that comes from outside."
  },
  {
    title: "The advantage",
    kind: "advantage",
    text: "How much better it is than what it is compared with; in GRPO the other completions of its group, and all its tokens share the number."
  },
  {
    title: "The clip",
    kind: "loss",
    note: "clip",
    text: "A token's loss is the worse of two products, one with the ratio and one with the ratio cut to a range: a token that has moved far enough pushes no further. In the first pass the ratio is 1, and nothing is cut."
  },
  {
    title: "The coefficient",
    kind: "coefficient",
    text: "Reward, advantage, ratio, clip and weight end in this one number. The network is told nothing else about the token."
  },
  {
    title: "The probability",
    kind: "change",
    text: "What came of it: the policy's probability of this very token, before the update and after it."
  },
  {
    title: "What if?",
    place: "whatif",
    text: "Now change something. An example, a reward in the cards, the slider: all numbers are computed again, old ones are struck through, and “Back to the run” undoes it."
  }
];

/** The button that begins it, and that has the focus again when it is left. */
export function tourButton() {
  return h("button#tour", { testid: "tour", click: () => go(0) }, "Tour in six steps");
}

/** The step of the tour for the top of the panel; nothing when nobody takes it. */
export function tourStep() {
  if (view.tour === null) return null;
  const { title, text, note } = STEPS[view.tour];
  const last = view.tour === STEPS.length - 1;
  return h(
    "div.tour",
    { testid: "tour-step", role: "group", "aria-label": "Tour" },
    h("p.crumbs", `Tour, step ${view.tour + 1} of ${STEPS.length}`),
    h("h3", title),
    h("p", text, note ? noteButton(note) : null),
    h(
      "p.tour-ways",
      view.tour > 0 ? h("button", { testid: "tour-back", click: () => go(view.tour - 1) }, "Back") : null,
      h(
        "button.next",
        { testid: "tour-next", click: () => (last ? actions.closePanel() : go(view.tour + 1)) },
        last ? "Finish" : "Next"
      ),
      h("span.quiet", "Esc leaves")
    )
  );
}

function go(step) {
  view.tour = step;
  const { kind, place } = STEPS[step];
  const { row, token } = example();
  if (place) showNote(place);
  else select({ kind, key: row.key, token: kind === "reward" || kind === "advantage" ? null : token.index });
  if (place) actions.goTo(place);
  else elementOf(kind, row, token).scrollIntoView({ block: "center" });
  showPanel(place);
  document.querySelector("[data-testid=tour-next]").focus({ preventScroll: true });
}

/** A right completion of a group that has wrong ones too, and its token that moved most. */
function example() {
  const rows = [...view.model.rows.values()].filter(row => row.inStep && row.tokens.some(token => token.counts));
  const row = rows.reduce((best, one) => (num(one.advantage) > num(best.advantage) ? one : best));
  const moved = token => Math.abs(token.after - token.before);
  const tokens = row.tokens.filter(token => token.counts);
  return { row, token: tokens.reduce((best, one) => (moved(one) > moved(best) ? one : best)) };
}

function elementOf(kind, row, token) {
  const completion = document.querySelector(`[data-testid=completion][data-row="${row.row}"]`);
  return completion.querySelector(kind === "reward" || kind === "advantage" ? ".who" : `[data-token="${token.index}"]`);
}

/** In the column beside the tokens: the panel from its top, but for "what if", which lies above it. */
function showPanel(place) {
  const panel = byId("explain");
  const room = place ? panel.parentElement.clientHeight - panel.querySelector(".tour").offsetHeight - 40 : 0;
  panel.parentElement.scrollTo({ top: panel.offsetTop - room });
}
