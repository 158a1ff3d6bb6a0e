/* The inside of one update: scrubber, versions, batch, groups, parameters. */

const VIEW = {
  runIndex: 0,
  index: 0,
  line: null,
  model: null,
  step: 0,
  quantity: "coefficient",
  selected: null,
  playing: null,
  follow: true
};

function viewRun() {
  return RUNS[VIEW.runIndex];
}

function tokenOf(row, token) {
  const vocabulary = viewRun().trace.header.vocabulary || [];
  return vocabulary[token.id] ?? "?" + token.id;
}

/** The frame of the section; its parts are filled per update. */
function renderUpdateFrame() {
  const section = byId("update");
  const run = viewRun();
  if (!hasTrace(run)) {
    replace(
      section,
      h("h2#update-heading", "Inside one update"),
      h(
        "p.quiet",
        { testid: "no-trace" },
        "This run has no trace. Train with the trace on (it is by default) to look inside its updates."
      ),
      traceRunChoice()
    );
    return;
  }
  replace(
    section,
    h("h2#update-heading", "Inside one update"),
    h("p.lead", "From the reward to the changed probability of the very token it was given for."),
    traceRunChoice(),
    scrubber(run),
    h("div#facts.facts", { testid: "facts" }),
    h("div.two", h("div#versions.card"), h("div#batch.card")),
    h(
      "div.workbench",
      h("div.stage", h("div#stage-head"), h("div#groups", { testid: "groups" }), h("div#blocks.card")),
      h(
        "aside.side",
        { "aria-label": "Explanation and what if" },
        h("div#whatif.card", { testid: "what-if" }),
        h("div#explain.card.explain", { "aria-live": "polite", testid: "explain" })
      )
    )
  );
  renderWhatIf();
  renderPanel();
}

function traceRunChoice() {
  const traced = RUNS.map((run, i) => [run, i]).filter(([run]) => hasTrace(run));
  if (traced.length < 2) return null;
  return h(
    "p",
    h(
      "label",
      "Run ",
      h(
        "select",
        { testid: "trace-run", change: event => switchRun(Number(event.target.value)) },
        traced.map(([run, i]) =>
          h("option", { value: i, selected: i === VIEW.runIndex }, `${run.name}, seed ${run.seed}`)
        )
      )
    )
  );
}

function switchRun(index) {
  VIEW.runIndex = index;
  VIEW.selected = null;
  resetWhatIf();
  renderUpdateFrame();
  show(0);
}

function scrubber(run) {
  const list = run.trace.updates;
  return h(
    "div.scrubber",
    { role: "group", "aria-label": "Choose an update" },
    h("button#play", { "aria-pressed": "false", title: "Play (p)", testid: "play", click: togglePlay }, "▶"),
    h(
      "button",
      {
        "aria-label": "Previous update",
        title: "Previous update (←)",
        testid: "previous",
        click: () => show(VIEW.index - 1)
      },
      "‹"
    ),
    h("input#scrub", {
      type: "range",
      min: 0,
      max: Math.max(0, list.length - 1),
      step: 1,
      value: VIEW.index,
      "aria-label": "Update",
      testid: "scrubber",
      input: event => show(Number(event.target.value))
    }),
    h(
      "button",
      { "aria-label": "Next update", title: "Next update (→)", testid: "next", click: () => show(VIEW.index + 1) },
      "›"
    ),
    h("output#where.where", { for: "scrub", testid: "where" }, ""),
    h("span#badge")
  );
}

function togglePlay() {
  if (VIEW.playing) {
    clearInterval(VIEW.playing);
    VIEW.playing = null;
  } else {
    if (VIEW.index >= viewRun().trace.updates.length - 1) show(0);
    VIEW.playing = setInterval(
      () => (VIEW.index < viewRun().trace.updates.length - 1 ? show(VIEW.index + 1) : togglePlay()),
      900
    );
  }
  const button = byId("play");
  button.textContent = VIEW.playing ? "❚❚" : "▶";
  button.setAttribute("aria-pressed", String(Boolean(VIEW.playing)));
}

/** Shows the update at a place of the list of traced ones. */
async function show(index) {
  const run = viewRun();
  if (!hasTrace(run)) return;
  VIEW.index = Math.max(0, Math.min(run.trace.updates.length - 1, index));
  VIEW.follow = VIEW.index === run.trace.updates.length - 1;
  const wanted = VIEW.index;
  const line = await tracedUpdate(run, wanted);
  if (wanted !== VIEW.index || run !== viewRun()) return;
  if (VIEW.line !== line) {
    const selected = VIEW.selected;
    if (VIEW.line && selected && selected.key) VIEW.selected = { kind: selected.kind, auto: true };
    if (VIEW.line) {
      WHATIF.rewards.clear();
      WHATIF.dropped.clear();
      WHATIF.copies.clear();
    }
  }
  VIEW.line = line;
  VIEW.step = Math.min(VIEW.step, line.steps.length - 1);
  refresh();
  markCharts(line.update);
}

/** The traced update nearest to a number, for clicks on curves. */
function showUpdateNear(update) {
  const run = viewRun();
  if (!hasTrace(run)) return;
  let best = 0;
  run.trace.updates.forEach((entry, i) => {
    if (Math.abs(entry.update - update) < Math.abs(run.trace.updates[best].update - update)) best = i;
  });
  show(best);
}

/** Where there is room, the panel begins with the token that pushes hardest. */
function selectSomething() {
  const s = VIEW.selected;
  if (s && (s.note || s.build || (s.key && VIEW.model.rows.has(s.key)))) return;
  if (!window.matchMedia("(min-width: 72rem)").matches && !(s && s.auto)) return;
  let best = null;
  for (const row of VIEW.model.rows.values()) {
    for (const token of row.tokens) {
      const push = Number.isFinite(token.logit) ? token.logit : Math.abs(token.coefficient);
      if (token.counts && Number.isFinite(push) && (!best || push > best.push))
        best = { push, key: row.key, token: token.index };
    }
  }
  const kind = s && s.kind ? s.kind : "coefficient";
  if (best) VIEW.selected = { kind, key: best.key, token: kind === "reward" ? null : best.token, auto: true };
}

/** Computes and draws everything of the update that is looked at. */
function refresh() {
  if (!VIEW.line) return;
  VIEW.model = buildModel(viewRun(), VIEW.line, VIEW.step);
  const q = QUANTITIES[VIEW.quantity];
  if (!q || (q.available && !q.available(VIEW.model) && !WHATIF.objective.beta)) VIEW.quantity = "coefficient";
  renderScrubber();
  renderFacts();
  renderVersions();
  renderBatch();
  renderStageHead();
  renderGroups();
  renderBlocks();
  renderWhatIfResult();
  selectSomething();
  renderPanel();
  markSelected();
  writeAddress();
}

function renderScrubber() {
  const run = viewRun();
  const list = run.trace.updates;
  const slider = byId("scrub");
  slider.max = list.length - 1;
  slider.value = VIEW.index;
  slider.setAttribute("aria-valuetext", "update " + VIEW.line.update);
  replace(
    byId("where"),
    h("b", "Update " + VIEW.line.update),
    h(
      "span.quiet",
      ` of 0–${list[list.length - 1].update}` +
        (list.length < run.trace.total ? `, ${list.length} of ${run.trace.total} kept in this file` : "")
    )
  );
  replace(byId("badge"), badge());
}

function badge() {
  const model = VIEW.model;
  if (!model.canRecompute) return null;
  if (model.error) return h("span.badge.bad", { testid: "badge" }, model.error);
  const differing = model.differing.length;
  const most = Math.max(0, ...model.differing.map(d => d.ulps));
  const text = differing
    ? `${count(model.checked)} numbers recomputed here, ${count(model.checked - differing)} equal to the run's`
    : `${count(model.checked)} numbers recomputed here, all equal to the run's`;
  return h(
    "button",
    {
      class: "badge " + (differing ? "bad" : "good"),
      testid: "badge",
      data: { checked: model.checked, differing, ulps: most },
      click: () => select({ build: () => badgePanel(model) })
    },
    differing ? "≠ " : "✓ ",
    h("span.long", text),
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

function fact(label, value, extra, note, testid) {
  return h(
    "div.fact",
    { data: { testid } },
    h("dt", label, note ? noteButton(note) : null),
    h("dd", value, extra ? h("small", extra) : null)
  );
}

function renderFacts() {
  const { line } = VIEW;
  const batch = line.batch;
  const rewards = batch.rewards.map(num);
  const mean = sum(rewards) / rewards.length;
  const dead = deadGroups(line, false);
  const groups = batch.prompts.length;
  const size = Math.round(rewards.length / groups);
  const binary = rewards.every(r => r === 0 || r === 1);
  const predicted = predictedDead(mean, size);
  const step = line.steps[VIEW.step];
  const tokens = sum(batch.loss_tokens);
  const clipped = tracedCompletions(line)
    .filter(c => c.steps[VIEW.step])
    .flatMap(c => c.steps[VIEW.step].branch.filter((b, t) => c.mask[t]));
  const loss = line.loss;
  const parts = [
    ["policy", loss.policy],
    ["KL", loss.kl],
    ["entropy", loss.entropy]
  ].filter(([, v]) => num(v) !== 0);
  replace(
    byId("facts"),
    h(
      "dl",
      fact(
        binary ? "Right answers" : "Mean reward",
        binary ? percent(mean) : brief(mean),
        `${count(rewards.length)} completions of ${count(groups)} prompts`,
        "reward",
        "fact-reward"
      ),
      fact(
        "Loss, first step",
        brief(loss.total, 3),
        parts.length ? parts.map(([name, v]) => `${name} ${brief(v, 3)}`).join(", ") : "policy part 0",
        "loss",
        "fact-loss"
      ),
      fact(
        "Gradient",
        brief(step.gradient_norm, 3),
        num(step.clip_factor) < 1 ? `scaled by ${brief(step.clip_factor, 3)}` : "not scaled down",
        "gradient",
        "fact-gradient"
      ),
      fact(
        "Dead groups",
        `${dead.length} of ${groups}`,
        binary
          ? h(
              "button.num",
              {
                data: { number: "dead", value: exact(predicted) },
                click: () => select({ build: () => deadPanelText(mean, size, predicted, dead.length / groups) })
              },
              `pᴳ+(1−p)ᴳ = ${percent(predicted)}`
            )
          : "all rewards equal",
        "dead",
        "fact-dead"
      ),
      fact(
        "Tokens clipped",
        clipped.length ? percent(clipped.filter(b => b !== "INSIDE").length / clipped.length) : "–",
        "of the tokens shown",
        "clip",
        "fact-clip"
      ),
      fact("Mean length", brief(tokens / rewards.length, 3), "tokens that count", "length", "fact-length")
    )
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

/** The groups whose rewards are all equal: in the run, or with the changes. */
function deadGroups(line, changed) {
  const rewards = new Map();
  line.batch.group_of_row.forEach((g, i) => {
    if (!rewards.has(g)) rewards.set(g, []);
    if (changed && WHATIF.dropped.has(i)) return;
    rewards.get(g).push(num(changed && WHATIF.rewards.has(i) ? WHATIF.rewards.get(i) : line.batch.rewards[i]));
  });
  return [...rewards.entries()].filter(([, list]) => list.every(r => r === list[0])).map(([g]) => g);
}

function renderVersions() {
  const v = VIEW.line.versions;
  const lane = (name, symbol, version, text, kind) =>
    h(
      "li",
      { class: kind },
      h("span.lane-name", symbol),
      h("span.lane-version", version),
      h("span.lane-text", h("b", name), " ", text)
    );
  const current = [...v.current, v.after];
  replace(
    byId("versions"),
    h("h3", "Three policies", noteButton("versions")),
    h(
      "ul.lanes",
      { testid: "versions" },
      v.reference === null || v.reference === undefined
        ? lane("reference", symbol("π", "ref"), "–", "not kept: there is no KL term", "absent")
        : lane(
            "reference",
            symbol("π", "ref"),
            "v" + v.reference,
            "frozen; the KL term measures the distance to it",
            "reference"
          ),
      lane("old", symbol("π", "old"), "v" + v.old, "wrote the completions; frozen during the update", "old"),
      lane(
        "current",
        "π",
        h(
          "span.steps",
          current.map((version, i) => [
            i ? h("span.arrow", { "aria-label": "then" }, "→") : null,
            h("span", { class: i === VIEW.step ? "here" : null }, "v" + version)
          ])
        ),
        `${plural(v.current.length, "optimiser step")}; ends as v${v.after}`,
        "current"
      )
    ),
    VIEW.line.steps.length > 1 ? stepChoice() : null,
    stepNumbers(VIEW.line.steps[VIEW.step])
  );
}

function stepNumbers(step) {
  const cell = (name, value) => h("div", h("dt", name), h("dd", { title: exact(value) }, brief(value)));
  return h(
    "dl.step-numbers",
    cell("learning rate", step.learning_rate),
    cell("loss before", step.loss),
    cell("gradient norm", step.gradient_norm),
    cell("scaled by", step.clip_factor)
  );
}

function stepChoice() {
  return h(
    "p.step-choice",
    h(
      "label",
      "Numbers below are those of ",
      h(
        "select",
        {
          testid: "step",
          change: event => {
            VIEW.step = Number(event.target.value);
            refresh();
          }
        },
        VIEW.line.steps.map((s, i) =>
          h(
            "option",
            { value: i, selected: i === VIEW.step },
            `step ${i + 1}, inner epoch ${s.inner_epoch + 1}` + (s.rows ? `, ${s.rows.length} completions` : "")
          )
        )
      )
    )
  );
}

/** Every completion of the update as a dot, a column for each group. */
function renderBatch() {
  const line = VIEW.line;
  const batch = line.batch;
  const groups = batch.prompts.length;
  const members = Array.from({ length: groups }, () => []);
  batch.group_of_row.forEach((g, i) => members[g].push(i));
  const size = Math.max(...members.map(list => list.length));
  const dead = new Set(deadGroups(line, true));
  const traced = new Set(line.groups.map(g => g.group));
  const rewards = batch.rewards.map((r, i) => num(WHATIF.rewards.has(i) ? WHATIF.rewards.get(i) : r));
  const least = Math.min(...rewards),
    most = Math.max(...rewards);
  // Large groups lie down, a line for each; small ones stand side by side.
  const lying = size > 16;
  const pitch = 14,
    length = size * 12 + 30;
  const perLine = lying ? 1 : Math.min(groups, 32);
  const lines = Math.ceil(groups / perLine);
  const [width, height] = lying ? [length, groups * pitch] : [perLine * pitch, lines * length];
  const picture = svg("svg.batch", {
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": `${groups} groups of ${size} completions; ${dead.size} dead`,
    testid: "batch"
  });
  members.forEach((list, g) => {
    const across = lying ? g * pitch : (g % perLine) * pitch;
    const start = lying ? 0 : Math.floor(g / perLine) * length;
    const place = (along, off) => (lying ? [start + along, across + off] : [across + off, start + along]);
    const box = (along, off, deep, thick, name) => {
      const [x, y] = place(along, off);
      return svg("rect", {
        class: name,
        x,
        y,
        width: lying ? deep : thick,
        height: lying ? thick : deep,
        rx: Math.min(3, deep / 2, thick / 2)
      });
    };
    const column = svg(
      "g",
      { class: (dead.has(g) ? "dead" : "live") + (traced.has(g) ? " traced" : ""), data: { group: g } },
      svg(
        "title",
        `group ${g}: ${batch.prompts[g]} ${dead.has(g) ? "(dead: all rewards equal)" : ""}\n` +
          list.map(i => `${batch.texts ? batch.texts[i] : "#" + i}   ${brief(rewards[i])}`).join("\n")
      )
    );
    column.append(box(0, 0.5, size * 12 + 4, pitch - 1, "column"));
    list.forEach((i, k) => {
      const share = most > least ? (rewards[i] - least) / (most - least) : rewards[i] > 0 ? 1 : 0;
      const [cx, cy] = place(8 + k * 12, pitch / 2);
      column.append(
        svg("circle", {
          class: WHATIF.dropped.has(i) ? "dot dropped" : "dot",
          cx,
          cy,
          r: 4,
          "fill-opacity": (0.02 + 0.98 * share).toFixed(2)
        })
      );
    });
    if (dead.has(g)) {
      const [x, y] = place(size * 12 + 9, 4.5);
      column.append(svg("path.cross", { d: `M${x} ${y}l5 5m0 -5l-5 5` }));
    }
    if (traced.has(g)) {
      column.append(box(size * 12 + 20, 2, 3, pitch - 4, "below"));
      column.addEventListener(
        "click",
        () => byId("group-" + g) && byId("group-" + g).scrollIntoView({ behavior: "smooth", block: "start" })
      );
    }
    picture.append(column);
  });
  replace(
    byId("batch"),
    h("h3", "The whole batch", noteButton("dead")),
    picture,
    h(
      "p.keys",
      h("span.key", h("i.dot-key.full"), most > least ? "reward " + brief(most) : "all equal"),
      most > least ? h("span.key", h("i.dot-key"), "reward " + brief(least)) : null,
      h("span.key", h("i.cross-key", "×"), "dead group"),
      h("span.key", h("i.below-key"), "shown below")
    )
  );
}

function renderStageHead() {
  const model = VIEW.model;
  const usable = Object.entries(QUANTITIES).filter(
    ([name, q]) => !q.available || q.available(model) || (name === "kl" && WHATIF.objective.beta)
  );
  const scale = colourScale(
    VIEW.quantity,
    [...model.rows.values()].flatMap(r => r.tokens)
  );
  VIEW.scale = scale;
  replace(
    byId("stage-head"),
    h(
      "div.stage-head",
      h(
        "label",
        "Colour tokens by ",
        h(
          "select#quantity",
          {
            testid: "quantity",
            change: event => {
              VIEW.quantity = event.target.value;
              refresh();
            }
          },
          usable.map(([name, q]) => h("option", { value: name, selected: name === VIEW.quantity }, q.label))
        )
      ),
      legend(VIEW.quantity, scale)
    ),
    h(
      "p.keys",
      h("span.key", h("i.bars-key", h("b"), h("b")), "probability before and after the update"),
      h("span.key", h("i.clip-key"), "clipped: no gradient"),
      h("span.key", h("i.mask-key"), "does not count")
    )
  );
}

function renderGroups() {
  const model = VIEW.model;
  replace(
    byId("groups"),
    model.line.groups.map(group => groupCard(group, model))
  );
}

function groupCard(group, model) {
  const rows = [...model.rows.values()]
    .filter(r => group.completions.includes(r.completion))
    .sort((a, b) => a.row - b.row || a.copy - b.copy);
  const rewards = rows.filter(r => !r.dropped).map(r => r.reward);
  const equal = rewards.every(r => r === rewards[0]);
  const same = group.greedy_before === group.greedy_after;
  const texts = new Set(group.completions.map(c => c.text)).size;
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
      equal
        ? h("p.tag.dead", "dead: all rewards equal", noteButton("dead"))
        : h(
            "p.tag",
            "mean reward ",
            h("b", brief(sum(rewards) / rewards.length)),
            sameRewards(group, rows)
              ? [
                  ", deviation ",
                  h(
                    "button.num",
                    {
                      data: { number: "deviation", group: group.group, value: exact(group.reward_sample_deviation) },
                      click: () => select({ build: () => deviationPanel(group) })
                    },
                    brief(group.reward_sample_deviation)
                  )
                ]
              : null
          ),
      h(
        "p",
        { class: texts === 1 && rows.length > 1 ? "tag warn" : "tag", testid: "distinct" },
        texts === 1 && rows.length > 1 ? "all texts the same" : plural(texts, "different text"),
        texts === 1 ? noteButton("identical") : null
      )
    ),
    group.greedy_before !== undefined
      ? h(
          "p.greedy",
          { testid: "greedy" },
          h("span.quiet", "greedy answer "),
          h("code", group.greedy_before),
          h("span.arrow", " → "),
          h("code", { class: same ? "same" : "new" }, same ? "the same" : group.greedy_after),
          noteButton("greedy")
        )
      : null,
    h(
      "div.completions",
      rows.map(row => completionView(row, model))
    )
  );
}

function sameRewards(group, rows) {
  return (
    rows.length === group.completions.length && rows.every(r => !r.dropped && !(r.was && r.was.reward !== undefined))
  );
}

function deviationPanel(group) {
  const f = formula("deviation", { value: num(group.reward_sample_deviation) });
  return [
    h("p.crumbs", `update ${VIEW.line.update} › group ${group.group}`),
    h("h3", "Sample deviation of the rewards"),
    h(
      "p.explained-value",
      brief(group.reward_sample_deviation, 6),
      h("small.exact", exact(group.reward_sample_deviation))
    ),
    h(
      "p",
      "Rewards ",
      h("code", group.completions.map(c => brief(c.reward.total)).join(", ")),
      ", mean ",
      h("b", brief(group.reward_mean))
    ),
    f,
    noteText("deviation")
  ];
}

function completionView(row, model) {
  const completion = row.completion;
  const edit = model.canRecompute;
  const share = completion.gradient ? num(completion.gradient.share) : NaN;
  const parts = completion.reward.parts || [];
  return h(
    "div",
    {
      class: "completion" + (row.dropped ? " dropped" : "") + (row.copy ? " copy" : ""),
      testid: "completion",
      data: { row: row.row, copy: row.copy || undefined }
    },
    h(
      "div.who",
      h("span.row-name", "#" + row.row + (row.copy ? "′".repeat(row.copy) : "")),
      h(
        "span.pair",
        h("span.sym", "r"),
        edit && !row.copy ? rewardInput(row) : number("reward", row, null, row.reward, row.was && row.was.reward),
        edit && row.was && row.was.reward !== undefined ? h("s", brief(row.was.reward)) : null
      ),
      h("span.pair", h("span.sym", "A"), number("advantage", row, null, row.advantage, row.was && row.was.advantage)),
      edit ? rowTools(row) : null,
      completion.finish === "LENGTH_LIMIT" ? h("span.tag.warn", "cut off", noteButton("truncated")) : null,
      parts.length > 1
        ? h("span.parts-line.quiet", parts.map(part => `${part.name} ${brief(part.value)}`).join(" · "))
        : null,
      Number.isFinite(share)
        ? h(
            "span.quiet.share",
            { title: "share of the update's gradient" },
            brief(100 * share, 2) + " % of the gradient"
          )
        : null
    ),
    h(
      "div.tokens",
      { role: "group", "aria-label": "Tokens of completion " + row.row },
      row.inStep ? row.tokens.map(t => tokenView(row, t)) : h("p.quiet", completion.text, " (not in this mini-batch)")
    )
  );
}

function rewardInput(row) {
  return h("input", {
    type: "number",
    step: "any",
    class: "reward" + (row.was && row.was.reward !== undefined ? " changed" : ""),
    value: String(row.reward),
    "aria-label": "Reward of completion " + row.row,
    title: "Change the reward: what if?",
    data: { number: "reward", row: row.row, value: exact(row.reward), testid: "reward-input" },
    focus: () => select({ kind: "reward", key: row.key, token: null }),
    change: event => {
      const value = event.target.valueAsNumber;
      if (!Number.isFinite(value) || value === num(row.completion.reward.total)) WHATIF.rewards.delete(row.row);
      else WHATIF.rewards.set(row.row, value);
      refresh();
    }
  });
}

function rowTools(row) {
  const drop = () => {
    if (WHATIF.dropped.has(row.row)) WHATIF.dropped.delete(row.row);
    else WHATIF.dropped.add(row.row);
    refresh();
  };
  const copies = change => {
    const n = Math.max(0, (WHATIF.copies.get(row.row) || 0) + change);
    if (n) WHATIF.copies.set(row.row, n);
    else WHATIF.copies.delete(row.row);
    refresh();
  };
  if (row.copy)
    return h(
      "span.tools",
      h("button", { title: "Take the copy away", "aria-label": "Take the copy away", click: () => copies(-1) }, "−")
    );
  return h(
    "span.tools",
    h(
      "button",
      {
        "aria-pressed": String(Boolean(row.dropped)),
        title: row.dropped ? "Put this completion back" : "What if this completion were not there?",
        "aria-label": (row.dropped ? "Put back" : "Drop") + " completion " + row.row,
        testid: "drop",
        click: drop
      },
      row.dropped ? "↺" : "×"
    ),
    row.dropped
      ? null
      : h(
          "button",
          {
            title: "What if it had been sampled twice?",
            "aria-label": "Duplicate completion " + row.row,
            testid: "duplicate",
            click: () => copies(1)
          },
          "+"
        )
  );
}

function tokenView(row, token) {
  const q = QUANTITIES[VIEW.quantity];
  const value = q.of(token);
  const level = token.counts ? VIEW.scale.at(token) : 0;
  const was = token.was && token.was[VIEW.quantity];
  const tone = level === 0 ? "" : q.kind === "sequential" ? " seq" : level > 0 ? " pos" : " neg";
  const clipped = token.counts && token.branch !== "INSIDE";
  const glyph = tokenText(tokenOf(row, token));
  return h(
    "button",
    {
      class:
        "token" +
        tone +
        (token.counts ? "" : " masked") +
        (clipped ? " clipped" : "") +
        (was !== undefined ? " changed" : ""),
      vars: {
        level: Math.min(1, Math.abs(level)).toFixed(3),
        before: token.before.toFixed(4),
        after: token.after.toFixed(4)
      },
      title: `“${glyph}”  ${q.label}: ${brief(value)}${was !== undefined ? ", was " + brief(was) : ""}\nprobability ${brief(token.before)} → ${brief(token.after)}${clipped ? "\n" + branchText(token.branch) : ""}${token.counts ? "" : "\ndoes not count"}`,
      testid: "token",
      data: {
        key: row.key,
        row: row.row,
        copy: row.copy || undefined,
        token: token.index,
        number: VIEW.quantity,
        value: exact(value),
        was: was === undefined ? undefined : exact(was),
        branch: token.branch,
        counts: token.counts
      },
      click: () =>
        select({ kind: VIEW.quantity === "probability" ? "before" : VIEW.quantity, key: row.key, token: token.index })
    },
    h("span.char", glyph),
    h("span.q", token.counts ? VIEW.scale.text(value) : "–"),
    was !== undefined ? h("s.q", VIEW.scale.text(was)) : null,
    h("span.bars", { "aria-hidden": "true" }, h("i.b0"), h("i.b1"))
  );
}

function renderBlocks() {
  const step = VIEW.line.steps[VIEW.step];
  const blocks = step.blocks || [];
  const most = name => Math.max(...blocks.map(b => num(b[name])), 1e-300);
  const gradient = most("gradient_norm"),
    change = most("change_norm");
  const sizes = new Map((viewRun().trace.header.blocks || []).map(b => [b.name, b.size]));
  const bar = (value, whole, kind) =>
    h(
      "td.bar-cell",
      h("span", { class: "bar " + kind, vars: { w: (num(value) / whole).toFixed(4) } }),
      h("span.bar-number", { data: { number: kind, value: exact(value) } }, brief(value, 3))
    );
  replace(
    byId("blocks"),
    h("h3", "What it did to the parameters", noteButton("blocks")),
    blocks.length
      ? h(
          "div.scroll-x",
          h(
            "table.blocks",
            { testid: "blocks" },
            h(
              "thead",
              h(
                "tr",
                h("th", { scope: "col" }, "block"),
                h("th.right", { scope: "col" }, "size"),
                h("th", { scope: "col" }, "gradient"),
                h("th", { scope: "col" }, "change"),
                h("th.right", { scope: "col" }, "relative")
              )
            ),
            h(
              "tbody",
              blocks.map(b =>
                h(
                  "tr",
                  h("th", { scope: "row" }, b.name),
                  h("td.right", sizes.has(b.name) ? count(sizes.get(b.name)) : "–"),
                  bar(b.gradient_norm, gradient, "gradient"),
                  bar(b.change_norm, change, "step"),
                  h(
                    "td.right",
                    num(b.parameter_norm) > 0 ? percent(num(b.change_norm) / num(b.parameter_norm), 2) : "–"
                  )
                )
              )
            )
          )
        )
      : h("p.quiet", "No blocks were traced.")
  );
}
