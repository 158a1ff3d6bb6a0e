/* Playing, stepping, and the way back in time. */

import { byId, choice, h, replace } from "../../report/page/dom.js";
import { look, pause, play, startAgain } from "./lab.js";
import { nextWhole, stepCompletion, stepToken } from "./reveal.js";
import { frontier, lab, mainSide, SPEEDS } from "./state.js";

export function renderTransport() {
  const button = (id, text, title, click, more) => h("button", { id, title, testid: id, click, ...more }, text);
  replace(
    byId("transport"),
    h(
      "div.transport",
      { role: "group", "aria-label": "Play and step" },
      button("play", "▶ Play", "Play (space)", toggle, { class: "primary", "aria-pressed": "false" }),
      h(
        "span.speeds",
        button("slower", "−", "Slower", () => setSpeed(lab.speed - 1), { "aria-label": "Slower" }),
        choice(
          "select#speed",
          { "aria-label": "Speed", testid: "speed" },
          SPEEDS.map(({ name }, i) => [i, name]),
          lab.speed,
          value => setSpeed(Number(value))
        ),
        button("faster", "+", "Faster", () => setSpeed(lab.speed + 1), { "aria-label": "Faster" })
      ),
      h(
        "span.steps-buttons",
        { role: "group", "aria-label": "Step" },
        h("span.quiet", "step"),
        button("step-token", "token", "One token (t)", stepToken),
        button("step-completion", "completion", "One completion (c)", stepCompletion),
        button("step-update", "update", "One update (u)", nextWhole)
      ),
      h(
        "span.time",
        button("back", "‹", "The update before (←)", () => goBy(-1), { "aria-label": "The update before" }),
        h("input#time", {
          type: "range",
          min: 0,
          max: 0,
          value: 0,
          "aria-label": "Update",
          testid: "time",
          input: event => goTo(Number(event.target.value))
        }),
        button("forward", "›", "The next update (→)", () => goBy(1), { "aria-label": "The next update" }),
        h("output#where.where", { for: "time", testid: "where" }, "")
      ),
      button("again", "↺", "Start again", () => startAgain(mainSide().start), { "aria-label": "Start again" })
    ),
    h("p#problem.problem", { role: "alert", testid: "problem", hidden: true })
  );
}

function setSpeed(speed) {
  lab.speed = Math.max(0, Math.min(SPEEDS.length - 1, speed));
  byId("speed").value = lab.speed;
}

export function toggle() {
  if (lab.playing) pause();
  else play();
}

export function goBy(step) {
  const side = mainSide();
  if (!side || !side.line) return;
  const wanted = side.line.update + step;
  if (step > 0 && wanted >= frontier()) nextWhole();
  else goTo(wanted);
}

let wanted = null;
let going = false;

/** The last place wins while the slider is drawn along. */
async function goTo(update) {
  pause();
  wanted = Math.max(0, Math.min(frontier() - 1, update));
  if (going) return;
  going = true;
  while (wanted !== null) {
    const next = wanted;
    wanted = null;
    await look(next);
  }
  going = false;
}

/** What changes all the time. */
export function feedTransport() {
  const side = mainSide();
  const playButton = byId("play");
  playButton.textContent = lab.playing ? "❚❚ Pause" : "▶ Play";
  playButton.setAttribute("aria-pressed", String(lab.playing));
  const problem = byId("problem");
  problem.hidden = !lab.problem;
  problem.textContent = lab.problem || "";
  if (!side || !side.line) return;
  const last = frontier() - 1;
  const here = lab.playing ? side.done - 1 : side.line.update;
  const slider = byId("time");
  slider.max = Math.max(0, last);
  if (!going) slider.value = here;
  slider.setAttribute("aria-valuetext", "update " + here);
  byId("where").textContent = here < last ? `update ${here} of ${last}` : `update ${here}`;
}
