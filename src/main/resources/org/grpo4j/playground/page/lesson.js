/* A lesson: what to look at, a prediction, the run, a check. */

import { byId, h, replace } from "../../report/page/dom.js";
import { keepingFocus } from "../../report/page/keys.js";
import { compareWith, runTo, startAgain, stopComparing } from "./lab.js";
import { LESSONS } from "./lessons.js";
import { lab, attempt, tell } from "./state.js";

let state = { id: null, predicted: null, outcome: null, ready: false, running: false };

/** The name of the lesson that is open. */
export function lessonNow() {
  return state.id;
}

/** The way into the lessons, for the head of the page. */
export function lessonChoice() {
  return h(
    "select#lessons",
    { "aria-label": "Lessons", testid: "lessons", change: event => openLesson(event.target.value || null) },
    h("option", { value: "" }, "Lessons …"),
    LESSONS.map(({ id, title }, i) => h("option", { value: id }, `${i + 1} ${title}`))
  );
}

export function isLesson(id) {
  return LESSONS.some(lesson => lesson.id === id);
}

/** A lesson from its beginning, with its own runs; null leaves it. */
export async function openLesson(id) {
  const lesson = LESSONS.find(one => one.id === id);
  const mine = { id: lesson ? id : null, predicted: null, outcome: null, ready: false, running: false };
  state = mine;
  byId("lessons").value = state.id || "";
  renderLesson();
  if (!lesson) return tell("change");
  if (lab.sides.length > 1) stopComparing();
  await startAgain(lesson.settings);
  if (lesson.compare && state === mine) await compareWith(lesson.compare);
  mine.ready = !lab.problem;
  if (state === mine) keepingFocus(renderLesson);
}

/** Closes a lesson; its runs stay. */
export function leaveLesson() {
  return openLesson(null);
}

function renderLesson() {
  const place = byId("lesson");
  const at = LESSONS.findIndex(lesson => lesson.id === state.id);
  place.hidden = at < 0;
  if (at < 0) return replace(place);
  const lesson = LESSONS[at];
  replace(
    place,
    h(
      "div.card.lesson",
      h("button.close", { "aria-label": "Leave the lesson", click: leaveLesson }, "×"),
      h(
        "div.lesson-text",
        h("p.crumbs", `Lesson ${at + 1} of ${LESSONS.length}`),
        h("h2", lesson.title),
        h("p", lesson.text)
      ),
      h("div.lesson-work", prediction(lesson), runButton(lesson), outcome(lesson, at))
    )
  );
}

function prediction(lesson) {
  return h(
    "fieldset",
    h("legend", lesson.question),
    lesson.choices.map((text, i) =>
      h(
        "label.choice",
        h("input", {
          type: "radio",
          name: "prediction",
          id: "prediction-" + i,
          value: i,
          checked: state.predicted === i,
          disabled: Boolean(state.outcome) || state.running,
          testid: "prediction",
          change: () => {
            state.predicted = i;
            byId("run-lesson").disabled = !state.ready;
          }
        }),
        h("span", text)
      )
    )
  );
}

function runButton(lesson) {
  if (state.outcome) return null;
  const text = state.running ? "It runs …" : lesson.updates === 1 ? "See it" : `Run ${lesson.updates} updates`;
  const ready = state.predicted !== null && state.ready && !state.running;
  return h("button#run-lesson.primary", { testid: "run-lesson", disabled: !ready, click: () => run(lesson) }, text);
}

async function run(lesson) {
  const mine = state;
  let isDone = false;
  state.running = true;
  renderLesson();
  await attempt(async () => {
    if (lesson.compare && lab.sides.length < 2) throw new Error("This lesson needs both of its runs: choose it again.");
    isDone = await runTo(lesson.updates, lesson.lookAtAll);
  });
  if (state !== mine) return;
  state.running = false;
  if (isDone) state.outcome = lesson.check(lab.sides);
  renderLesson();
  if (state.outcome) byId("said").textContent = verdict() + " " + state.outcome.sentence;
  const next = byId("next-lesson");
  if (next) next.focus({ preventScroll: true });
}

function verdict() {
  return state.outcome.answer === state.predicted ? "As you said." : "Not as you said.";
}

function outcome(lesson, at) {
  if (!state.outcome) return null;
  const { sentence, value, answer } = state.outcome;
  const following = LESSONS[at + 1];
  return h(
    "div.outcome",
    { testid: "outcome", data: { value, answer } },
    h("p", h("b", verdict()), " ", sentence),
    answer === state.predicted ? null : h("p", "It was: ", h("b", lesson.choices[answer]), "."),
    h(
      "p",
      h("button", { click: () => openLesson(lesson.id) }, "Once more"),
      following
        ? h(
            "button#next-lesson.primary",
            { testid: "next-lesson", click: () => openLesson(following.id) },
            "Next: " + following.title
          )
        : h("button#next-lesson.primary", { click: leaveLesson }, "Now play")
    )
  );
}
