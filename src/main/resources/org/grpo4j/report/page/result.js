/* What came out, and with which settings. */

import { experiments, hasTrace, RUNS } from "./data.js";
import { byId, h, replace, scrollable, tableHead, tableRow } from "./dom.js";
import { oneStop } from "./keys.js";
import { perRow } from "./lines.js";
import { noteButton } from "./notes.js";
import { brief, count, num, percent, sum } from "./numbers.js";
import { tellingProblem, verdict } from "./samples.js";
import { tourButton } from "./tour.js";
import { actions } from "./view.js";

export function renderResult() {
  const one = RUNS.length === 1;
  replace(
    byId("result"),
    h("h2#result-heading", { class: one ? "visually-hidden" : null }, "Result"),
    one ? h("div.first", taskExample(RUNS[0]), resultTiles(RUNS[0])) : resultTable()
  );
}

/** What this is about: a held-out problem, and what the policy wrote for it before training and after. */
function taskExample(run) {
  const problem = tellingProblem(run);
  const line = (when, one) =>
    h("div", h("dt", when), h("dd", h("code", problem.prompt, h("b", one.text)), " ", verdict(one)));
  const go = (id, text) =>
    h("a", { href: "#" + id, click: event => (event.preventDefault(), actions.goTo(id)) }, text, " ↓");
  return h(
    "div.example",
    { testid: "example" },
    problem
      ? h(
          "dl",
          line(staysTheSame(problem) ? "before training and after" : "before training", problem.written[0]),
          problem.written.length > 1 ? line("after", problem.written.at(-1)) : null
        )
      : null,
    hasTrace(run)
      ? h("p.ways", go("update", "Look inside an update"), go("whatif", "Change something"), tourButton())
      : null
  );
}

/** Whether what was written before training is written after it too. */
function staysTheSame(problem) {
  const [first] = problem.written;
  return problem.written.length === 1 && first.to > first.from;
}

function intervalText(score) {
  return score && score.lower !== undefined ? `[${percent(score.lower)}, ${percent(score.upper)}]` : "";
}

function resultTiles(run) {
  const s = run.summary;
  const tile = (label, from, to, extra, note) =>
    h(
      "div.tile",
      h("dt", label, note ? noteButton(note) : null),
      h(
        "dd",
        from !== null ? [h("span.from", from), h("span.arrow", { "aria-label": "to" }, " → ")] : null,
        h("b", to)
      ),
      extra ? h("dd.extra", extra) : null
    );
  const tiles = [];
  const compare = (label, key, text, extra, note) => {
    const base = s["base/" + key];
    const end = s["eval/" + key];
    if (end) tiles.push(tile(label, base ? text(base.value) : null, text(end.value), extra(end), note));
  };
  const sized = score => `${intervalText(score)}, n = ${count(score.n)}`;
  compare(
    "Greedy accuracy, held-out",
    "greedy_accuracy",
    percent,
    score => "95 % interval " + sized(score),
    "interval"
  );
  for (const key of ["pass@1", "pass@16"]) compare(key + ", sampled", key, percent, sized);
  compare(
    "Mean length, greedy",
    "mean_length",
    v => brief(v, 3),
    () => "tokens",
    "length"
  );
  if (s.wall_seconds)
    tiles.push(
      tile(
        "Time",
        null,
        brief(s.wall_seconds.total, 3) + " s",
        `${count(s.num_completions)} completions, ${count(s.num_tokens)} tokens`
      )
    );
  if (!tiles.length)
    return h("p.quiet", { testid: "no-result" }, "No result yet: the run has not been evaluated at its end.");
  return oneStop(h("dl.tiles.flow", { vars: perRow(tiles.length, 5, 5, 2) }, tiles));
}

function resultTable() {
  const cell = (run, key) => {
    const score = run.summary[key];
    return h("td.right", score ? [h("b", percent(score.value)), h("small", " " + intervalText(score))] : "–");
  };
  return scrollable(
    "Results of the runs",
    h(
      "table.results",
      tableHead(
        ["experiment", "seed", "updates", "greedy accuracy before", "greedy accuracy after", "pass@1 after", "seconds"],
        i => i > 1
      ),
      experiments().map(e =>
        h(
          "tbody",
          e.runs.length > 1 ? meanRow(e) : null,
          e.runs.map(run =>
            tableRow(
              run.name,
              run.seed,
              h("td.right", count(run.summary.updates_done ?? (run.metrics.update || []).length)),
              cell(run, "base/greedy_accuracy"),
              cell(run, "eval/greedy_accuracy"),
              cell(run, "eval/pass@1"),
              h("td.right", run.summary.wall_seconds ? brief(run.summary.wall_seconds.total, 3) : "–")
            )
          )
        )
      )
    )
  );
}

/** The mean over the seeds of an experiment, and how far they spread. */
function meanRow(experiment) {
  const cell = (values, text) => {
    const known = values.filter(Number.isFinite);
    if (!known.length) return h("td.right", "–");
    return h(
      "td.right",
      h("b", text(sum(known) / known.length)),
      h("small", ` ${text(Math.min(...known))} to ${text(Math.max(...known))}`)
    );
  };
  const score = key => experiment.runs.map(run => num((run.summary[key] || {}).value));
  return h(
    "tr.mean",
    h("th", { scope: "row" }, experiment.name),
    h("td", "mean of " + experiment.runs.length),
    h("td"),
    cell(score("base/greedy_accuracy"), percent),
    cell(score("eval/greedy_accuracy"), percent),
    cell(score("eval/pass@1"), percent),
    cell(
      experiment.runs.map(run => num((run.summary.wall_seconds || {}).total)),
      v => brief(v, 3)
    )
  );
}

export function renderSettings() {
  replace(
    byId("settings"),
    h("h2#settings-heading", "Settings"),
    experiments().map(({ name, runs: [run, ...others] }) =>
      h(
        "details.card",
        { testid: "run-settings" },
        h("summary", `${name}, seed ${run.seed}`, h("span.quiet", " " + run.directory)),
        run.provenance ? h("p.quiet", run.provenance) : null,
        others.length ? h("p.quiet", "Further runs: " + others.map(o => o.directory).join(", ")) : null,
        scrollable(
          "Settings of " + name,
          h(
            "table.settings",
            h(
              "tbody",
              Object.entries(run.settings).map(([key, value]) => tableRow(h("code", key), value))
            )
          )
        )
      )
    )
  );
}
