/* Head, results, settings, theme, keys, addresses, and the live page. */

function renderHead() {
  const run = RUNS[0];
  const names = experiments();
  const several = RUNS.length > 1;
  const title = names.map(e => e.name).join(", ");
  const theme = byId("theme") || themeButton();
  replace(
    byId("top"),
    h("div.head-line", h("p.brand", DATA.program), h("span.grow"), DATA.live ? liveState() : null, theme),
    h("h1", title, several ? null : h("span.seed", " seed " + run.seed)),
    h(
      "p.lead",
      several
        ? names
            .map(
              e =>
                `${e.name}: ${plural(e.runs.length, "run")}, ${e.runs.length === 1 ? "seed" : "seeds"} ${e.runs.map(r => r.seed).join(", ")}`
            )
            .join("; ")
        : oneLine(run)
    ),
    several ? null : algorithmSummary(run)
  );
  replace(
    byId("foot"),
    h(
      "p",
      `Written by ${DATA.program}. This file is complete: it loads nothing and sends nothing. Numbers carry their full value; point at one to see it.`
    )
  );
}

/** The algorithm in a line: the columns that make it up. */
function algorithmSummary(run) {
  const kind = key => setting(run, key + ".kind") || setting(run, key);
  const with_ = (name, details) =>
    details.filter(Boolean).length ? `${name} (${details.filter(Boolean).join(", ")})` : name;
  const scale = setting(run, "advantage.scale");
  const low = setting(run, "objective.surrogate.clip_low"),
    high = setting(run, "objective.surrogate.clip_high");
  const kl = kind("objective.kl");
  const parts = [
    [
      "advantage",
      kind("advantage") &&
        with_(kind("advantage"), [
          scale === "none"
            ? "not scaled"
            : scale &&
              `${setting(run, "advantage.deviation")} deviation of the ${scale} + ${setting(run, "advantage.std_epsilon")}`
        ])
    ],
    [
      "surrogate",
      kind("objective.surrogate") &&
        with_(kind("objective.surrogate"), [low !== undefined && `${minus("-" + low)}, +${high}`])
    ],
    ["ratio", kind("objective.ratio_level")],
    ["averaging", kind("objective.aggregation")],
    [
      "KL",
      kl &&
        (kl === "none"
          ? "none"
          : with_("in the " + kl, [
              `β ${setting(run, "objective.kl.coefficient")}`,
              setting(run, "objective.kl.estimator")
            ]))
    ],
    ["inner epochs", setting(run, "train.inner_epochs")],
    ["mini-batches", setting(run, "train.mini_batches")],
    ["learning rate", setting(run, "train.learning_rate")],
    ["temperature", setting(run, "train.temperature")],
    ["cold start", setting(run, "cold_start.steps") && setting(run, "cold_start.steps") + " steps"]
  ].filter(([, value]) => value);
  return h(
    "dl.algorithm",
    { testid: "algorithm" },
    parts.map(([name, value]) => h("div", h("dt", name), h("dd", value)))
  );
}

/** Kept when the head is drawn again. */
function liveState() {
  return byId("live") || h("span#live.live", { testid: "live" }, "live");
}

function oneLine(run) {
  const prompts = setting(run, "train.prompts"),
    size = groupSize(run),
    updates = setting(run, "train.updates");
  const done = run.summary.updates_done ?? (run.metrics.update || []).length;
  const parts = [
    `A policy of ${run.parameters ? count(run.parameters) + " parameters" : "unknown size"} learns ${setting(run, "task")}: ${Number(done) === Number(updates) ? "" : count(done) + " of "}${count(updates)} updates of ${count(prompts)} prompts with ${count(size)} completions each.`
  ];
  if (run.status && run.status !== "finished")
    parts.push(run.status === "interrupted" ? " The run was stopped early." : " The run is not finished.");
  return parts.join("");
}

function renderResult() {
  const one = RUNS.length === 1;
  replace(
    byId("result"),
    h("h2#result-heading", { class: one ? "visually-hidden" : null }, "Result"),
    one ? resultTiles(RUNS[0]) : resultTable()
  );
}

function intervalText(score) {
  return score && score.lower !== undefined ? `[${percent(score.lower)}, ${percent(score.upper)}]` : "";
}

function resultTiles(run) {
  const s = run.summary;
  const base = s["base/greedy_accuracy"],
    end = s["eval/greedy_accuracy"];
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
  if (end)
    tiles.push(
      tile(
        "Greedy accuracy, held-out",
        base ? percent(base.value) : null,
        percent(end.value),
        `95 % interval ${intervalText(end)}, n = ${count(end.n)}`,
        "interval"
      )
    );
  for (const key of ["pass@1", "pass@16"]) {
    const b = s["base/" + key],
      e = s["eval/" + key];
    if (e)
      tiles.push(
        tile(key + ", sampled", b ? percent(b.value) : null, percent(e.value), `${intervalText(e)}, n = ${count(e.n)}`)
      );
  }
  const lb = s["base/mean_length"],
    le = s["eval/mean_length"];
  if (le)
    tiles.push(tile("Mean length, greedy", lb ? brief(lb.value, 3) : null, brief(le.value, 3), "tokens", "length"));
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
  return h("dl.tiles", tiles);
}

function resultTable() {
  const cell = (run, key) => {
    const score = run.summary[key];
    return h("td.right", score ? [h("b", percent(score.value)), h("small", " " + intervalText(score))] : "–");
  };
  return h(
    "div.scroll-x.card",
    h(
      "table.results",
      h(
        "thead",
        h(
          "tr",
          [
            "experiment",
            "seed",
            "updates",
            "greedy accuracy before",
            "greedy accuracy after",
            "pass@1 after",
            "seconds"
          ].map((t, i) => h("th", { scope: "col", class: i > 1 ? "right" : null }, t))
        )
      ),
      experiments().map(e =>
        h(
          "tbody",
          e.runs.length > 1 ? meanRow(e) : null,
          e.runs.map(run =>
            h(
              "tr",
              h("th", { scope: "row" }, run.name),
              h("td", run.seed),
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

function renderSettings() {
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
        h(
          "div.scroll-x",
          h(
            "table.settings",
            h(
              "tbody",
              Object.entries(run.settings).map(([key, value]) =>
                h("tr", h("th", { scope: "row" }, h("code", key)), h("td", value))
              )
            )
          )
        )
      )
    )
  );
}

/* Theme: as the system is, or as chosen here. */

const THEMES = ["auto", "light", "dark"];

function themeButton() {
  const button = h("button.theme", {
    testid: "theme",
    click: () => setTheme(THEMES[(THEMES.indexOf(document.documentElement.dataset.theme || "auto") + 1) % 3])
  });
  button.id = "theme";
  return button;
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  const button = byId("theme");
  replace(button, { auto: "◐ auto", light: "☀ light", dark: "☾ dark" }[theme]);
  button.setAttribute("aria-label", "Colours: " + theme);
  try {
    localStorage.setItem("grpo4j-theme", theme);
  } catch (blocked) {
    // A page from disk may not be allowed to remember.
  }
}

function storedTheme() {
  try {
    const theme = localStorage.getItem("grpo4j-theme");
    return THEMES.includes(theme) ? theme : "auto";
  } catch (blocked) {
    return "auto";
  }
}

/* The address holds the view, so that a lecturer can link to a number. */

let writing = 0;

/** Soon, and once: browsers stop pages that write their address too often. */
function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(writeAddressNow, 120);
}

function writeAddressNow() {
  if (!VIEW.line) return;
  const parts = ["update=" + VIEW.line.update, "colour=" + VIEW.quantity];
  if (VIEW.runIndex) parts.push("run=" + VIEW.runIndex);
  if (VIEW.step) parts.push("step=" + VIEW.step);
  if (whatIfActive()) parts.push("if=" + encodeURIComponent(whatIfText()));
  const s = VIEW.selected;
  if (s && s.key && !s.auto)
    parts.push(
      "row=" + s.key.split("/")[0],
      ...(s.token === null || s.token === undefined ? [] : ["token=" + s.token]),
      "number=" + s.kind
    );
  try {
    history.replaceState(null, "", "#" + parts.join("&"));
  } catch (blocked) {
    // Not allowed everywhere, and not needed.
  }
}

function readAddress() {
  const found = new Map(
    location.hash
      .slice(1)
      .split("&")
      .map(part => part.split("=").map(decodeURIComponent))
      .filter(p => p.length === 2)
  );
  return found;
}

async function startView() {
  const address = readAddress();
  const runIndex = Number(address.get("run") || RUNS.findIndex(hasTrace));
  VIEW.runIndex = RUNS[runIndex] ? runIndex : 0;
  const theme = address.get("theme");
  if (THEMES.includes(theme)) setTheme(theme);
  renderUpdateFrame();
  const run = viewRun();
  if (!hasTrace(run)) return;
  if (QUANTITIES[address.get("colour")]) VIEW.quantity = address.get("colour");
  VIEW.step = Math.max(0, Number(address.get("step")) || 0);
  if (address.has("if")) {
    readWhatIf(address.get("if"));
    renderWhatIf();
  }
  const wanted = address.has("update") ? Number(address.get("update")) : null;
  const index =
    wanted === null
      ? DATA.live
        ? run.trace.updates.length - 1
        : 0
      : run.trace.updates.findIndex(entry => entry.update >= wanted);
  await show(index < 0 ? run.trace.updates.length - 1 : index);
  const kind = address.get("number");
  const key = address.get("row") + "/0";
  if (NAMES[kind] && VIEW.model.rows.has(key)) {
    const token = address.has("token") ? Number(address.get("token")) : null;
    if (token === null || VIEW.model.rows.get(key).tokens[token]) select({ kind, key, token });
  }
}

/* Keys. */

document.addEventListener("keydown", event => {
  const editing = event.target.closest && event.target.closest("input, select, textarea");
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") closePanel();
  if (editing) return;
  if (event.key === "ArrowRight") show(VIEW.index + 1);
  else if (event.key === "ArrowLeft") show(VIEW.index - 1);
  else if (event.key === "p" && hasTrace(viewRun())) togglePlay();
  else return;
  event.preventDefault();
});

/* Live: lines arrive as they are written; without a server the page stays as it is. */

function listen() {
  if (!DATA.live || typeof EventSource !== "function") return;
  const run = RUNS[0];
  const known = {
    metrics: (run.metrics.update || []).length,
    trace: run.trace.total,
    header: run.trace.header ? 1 : 0,
    summary: run.summary.status ? 1 : 0
  };
  const source = new EventSource(
    DATA.live.events +
      "?" +
      Object.entries(known)
        .map(([k, v]) => k + "=" + v)
        .join("&")
  );
  const state = text => replace(byId("live"), text);
  const on = (name, listener) => source.addEventListener(name, event => listener(JSON.parse(event.data)));
  on("header", header => {
    run.trace.header = header;
    run.parameters = run.parameters || header.parameters;
  });
  on("metrics", row => addMetrics(run, row));
  on("trace", line => addTrace(run, line));
  on("summary", summary => {
    run.summary = summary;
    run.status = summary.status;
    renderHead();
    renderResult();
  });
  on("end", () => {
    source.close();
    state("the run has ended");
  });
  source.addEventListener("open", () => state("live"));
  source.addEventListener("error", () => state("not connected"));
}

let redraw = 0;

function addMetrics(run, row) {
  const rows = (run.metrics.update || []).length;
  if (rows && num(row.update) <= num(run.metrics.update[rows - 1])) return;
  for (const name of new Set([...Object.keys(run.metrics), ...Object.keys(row)])) {
    if (!run.metrics[name]) run.metrics[name] = Array.from({ length: rows }, () => null);
    run.metrics[name].push(row[name] ?? null);
  }
  cancelAnimationFrame(redraw);
  redraw = requestAnimationFrame(() => {
    renderCurves();
    renderHead();
  });
}

async function addTrace(run, line) {
  const first = !hasTrace(run);
  const list = run.trace.updates;
  if (list.length && line.update <= list[list.length - 1].update) return;
  list.push({ update: line.update, line });
  run.trace.total++;
  if (first) {
    renderUpdateFrame();
    await show(0);
  } else if (VIEW.follow && !whatIfActive()) {
    await show(list.length - 1);
  } else {
    renderScrubber();
  }
}

renderHead();
setTheme(storedTheme());
renderResult();
renderCurves();
renderSettings();
startView().then(listen);
