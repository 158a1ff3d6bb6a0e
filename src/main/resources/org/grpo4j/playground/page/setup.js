/* What can be changed while it runs: a task, an algorithm, its numbers, the reward. */

import { COLUMNS, PARAMETERS } from "../../report/page/choices.js";
import { columnControls, parameterControl } from "../../report/page/columns.js";
import { byId, choice, h, replace } from "../../report/page/dom.js";
import { keepingFocus } from "../../report/page/keys.js";
import { ALGORITHMS, isOf, settingsOf } from "./algorithms.js";
import { fileButtons } from "./files.js";
import { changeSettings, compareWith, stopComparing } from "./lab.js";
import { slider, SLIDERS } from "./sliders.js";
import { MODELS, REWARDS, taskOf, TASKS } from "./tasks.js";
import { lab, mainSide } from "./state.js";

/** Which of two runs the controls are for. */
let shown = 0;

function current() {
  return lab.sides[Math.min(shown, lab.sides.length - 1)];
}

function set(changes) {
  return changeSettings(current(), changes);
}

export function renderSetup() {
  const side = current();
  if (!side) return;
  keepingFocus(() =>
    replace(
      byId("setup"),
      h("h2#setup-heading", "Settings"),
      h("p.quiet", "A change acts from the next update on; task, model and seed begin anew."),
      runs(),
      taskControls(side),
      algorithmChips(side),
      h(
        "div.sliders",
        SLIDERS.filter(one => one.when(side.settings)).map(one => slider(one, side.settings, set))
      ),
      rewardControls(side),
      columnDetails(side),
      compareControls(),
      fileButtons()
    )
  );
}

function runs() {
  if (lab.sides.length < 2) return null;
  return h(
    "div.run-tabs",
    { role: "group", "aria-label": "Settings of which run" },
    lab.sides.map((side, i) =>
      h(
        "button",
        {
          id: "run-tab-" + i,
          class: "c" + i,
          "aria-pressed": String(side === current()),
          testid: "run-tab",
          click: () => {
            shown = i;
            renderSetup();
          }
        },
        h("i.swatch"),
        "Run " + side.name
      )
    )
  );
}

function labelled(label, control) {
  return h("label.line", h("span", label), control);
}

function taskControls(side) {
  const { task, model, seed } = side.settings;
  if (side !== mainSide()) return null;
  const { models } = taskOf(task);
  const possible = MODELS.filter(([id]) => !models || models.includes(id));
  return h(
    "div.at-the-start",
    labelled(
      "Task",
      choice(
        "select#task",
        { testid: "task", title: taskOf(task).text },
        TASKS.map(one => [one.id, one.title, one.text]),
        task,
        value => changeSettings(side, { task: value })
      )
    ),
    labelled(
      "Policy",
      choice("select#model", { testid: "model" }, possible, model, value => set({ model: value }))
    ),
    labelled(
      "Seed",
      h("input#seed", {
        type: "number",
        min: 0,
        step: 1,
        value: String(seed),
        testid: "seed",
        change: event => set({ seed: Math.max(0, Math.round(event.target.valueAsNumber) || 0) })
      })
    )
  );
}

function algorithmChips(side) {
  const algorithms = ALGORITHMS.map(one =>
    h(
      "button.chip",
      {
        title: one.text,
        id: "algorithm-" + one.id,
        testid: "algorithm",
        data: { preset: one.id },
        "aria-pressed": String(isOf(one, side.settings)),
        click: () => set(settingsOf(one, side.settings))
      },
      one.title
    )
  );
  return h("div.chips", { role: "group", "aria-label": "Algorithm" }, algorithms);
}

function rewardControls(side) {
  const { reward, expression } = side.settings;
  return h(
    "div.reward-controls",
    labelled(
      "Reward",
      choice("select#reward", { testid: "reward-choice" }, REWARDS, reward, value => set({ reward: value }))
    ),
    reward === "expression"
      ? labelled(
          "Expression",
          h("input#expression", {
            type: "text",
            value: expression,
            testid: "expression",
            spellcheck: "false",
            change: event => set({ expression: event.target.value })
          })
        )
      : null
  );
}

/** The columns as under "What if", but of the run itself. */
function columnDetails(side) {
  const key = (section, name) => `${section}.${name}`;
  const control = {
    value: (section, name, byDefault) => side.settings[key(section, name)] ?? byDefault,
    changed: (section, name) => side.settings[key(section, name)] !== side.start[key(section, name)],
    change: (section, name, value) => set({ [key(section, name)]: value }),
    available: variant => variant.id !== "as-traced",
    line: () => side.line
  };
  const open = byId("columns") ? byId("columns").open : false;
  const columns = side.settings["critic.kind"] === "none" ? COLUMNS : COLUMNS.slice(1);
  return h(
    "details#columns",
    { open },
    h("summary", "All columns of the algorithm"),
    h(
      "div.controls",
      columns.map(column => columnControls(column, control)),
      h(
        "div.control",
        PARAMETERS.filter(p => ["klEstimator", "entropyCoefficient"].includes(p.name)).map(p =>
          parameterControl("objective", p, control)
        )
      )
    )
  );
}

function compareControls() {
  if (lab.sides.length > 1)
    return h(
      "button#stop-comparing",
      {
        testid: "stop-comparing",
        click: () => {
          shown = 0;
          stopComparing();
        }
      },
      "Only run A again"
    );
  const side = mainSide();
  return labelled(
    "Compare",
    choice(
      "select#compare",
      { testid: "compare" },
      [["", "…"], ["same", "the same settings, to change"], ...ALGORITHMS.map(one => [one.id, one.title, one.text])],
      "",
      async value => {
        const algorithm = ALGORITHMS.find(one => one.id === value);
        shown = 1;
        await compareWith(algorithm ? settingsOf(algorithm, side.settings) : {});
      }
    )
  );
}
