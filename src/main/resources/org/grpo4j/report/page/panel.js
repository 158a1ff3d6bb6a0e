/* The panel that explains: any number as a formula, a sentence, and the tree of what it came from. */

const SENTENCES = {
  reward: () => "What the verifier gave this completion. Nothing else is ever told to the policy.",
  advantage: c =>
    c.value === 0
      ? c.row.group && c.row.group.all_equal
        ? "All completions of this group have the same reward, so there is nothing to prefer."
        : "Neither better nor worse than what it is compared with."
      : c.value > 0
        ? "Better than what it is compared with: its tokens are to become more likely."
        : "Worse than what it is compared with: its tokens are to become less likely.",
  ratio: c =>
    c.value === 1
      ? "Exactly 1: the policy that is trained is still the one that wrote this token."
      : c.value > 1
        ? "The token is now more likely than when it was written."
        : "The token is now less likely than when it was written.",
  kl: () => "An estimate, from this one token, of how far the policy has moved from its reference.",
  weight: () => "How much this token counts in the loss. It depends on lengths and numbers only, not on the policy.",
  loss: () =>
    "This token's part of the loss before it is weighted. Its value says little; its slope, the coefficient, is what trains.",
  coefficient: c =>
    c.value === 0
      ? c.token && c.token.branch !== "INSIDE"
        ? "0, because the clip holds: this token has moved far enough and pushes no further."
        : "0: this token does not push at all."
      : c.value < 0
        ? "Negative: a step against the gradient makes this token more likely."
        : "Positive: a step against the gradient makes this token less likely.",
  before: () => "The probability the policy gave this token when it wrote it.",
  after: () => "The probability of the same token at the same place after the update.",
  change: c =>
    Math.abs(c.value) < 1e-4
      ? "Practically the same as before: the policy was sure of this token, or hardly anything pushed it."
      : c.value > 0
        ? "The token became more likely in this update."
        : c.value < 0
          ? "The token became less likely in this update."
          : "No change at all.",
  entropy: () => "How undecided the policy was at this place, over all symbols it could have written: −Σ π log π.",
  logit: () =>
    "How steeply the loss depends on the scores before the softmax at this place: |g| times the distance of the policy's distribution from this token.",
  share: c =>
    c.value < 0
      ? "This token pulls against what the batch as a whole decided."
      : "How much of the whole gradient this token accounts for. All shares of the update sum to 1."
};

const NOTE_OF = {
  ratio: "ratio",
  kl: "kl",
  weight: "weight",
  loss: "loss",
  coefficient: "coefficient",
  change: "change",
  after: "change",
  entropy: "entropy",
  share: "share",
  advantage: "deviation",
  before: "sampler"
};
const TOKEN_NUMBERS = [
  "advantage",
  "ratio",
  "weight",
  "loss",
  "coefficient",
  "kl",
  "before",
  "after",
  "change",
  "entropy",
  "logit",
  "share"
];
const FROM_CORE = {
  advantage: "advantage",
  ratio: "loss",
  kl: "loss",
  weight: "coefficient",
  loss: "loss",
  coefficient: "coefficient"
};
const SUBTREE = { ratio: /^rho /, kl: /^divergence/, weight: /^weight w/ };

/** A number that can be asked where it came from. */
function number(kind, row, token, value, was, extra) {
  const text = brief(value);
  return h(
    "button",
    {
      class: "num" + (was !== undefined ? " changed" : ""),
      data: {
        number: kind,
        row: row.row,
        copy: row.copy || undefined,
        token: token === null ? undefined : token,
        value: exact(value),
        was: was === undefined ? undefined : exact(was)
      },
      title: `${NAMES[kind] || kind}: ${exact(value)}` + (was !== undefined ? `, was ${exact(was)}` : ""),
      click: () => select({ kind, key: row.key, token })
    },
    text,
    was !== undefined ? h("s", brief(was)) : null,
    extra
  );
}

function select(selection) {
  VIEW.selected = selection;
  renderPanel();
  openPanel();
  markSelected();
  writeAddress();
}

function showNote(key) {
  VIEW.selected = { note: key };
  renderPanel();
  openPanel();
  markSelected();
}

function openPanel() {
  byId("explain").classList.add("open");
}

function closePanel() {
  byId("explain").classList.remove("open");
  VIEW.selected = null;
  renderPanel();
  markSelected();
}

function markSelected() {
  for (const element of document.querySelectorAll(".token.selected")) element.classList.remove("selected");
  const s = VIEW.selected;
  if (!s || s.token === null || s.token === undefined) return;
  const row = VIEW.model && VIEW.model.rows.get(s.key);
  if (!row) return;
  const found = document.querySelector(`.token[data-key="${CSS.escape(s.key)}"][data-token="${s.token}"]`);
  if (!found) return;
  found.classList.add("selected");
  // On a narrow screen the explanation covers the lower half.
  if (byId("explain").classList.contains("open") && window.matchMedia("(max-width: 71.99rem)").matches)
    found.scrollIntoView({ block: "nearest" });
}

function renderPanel() {
  const panel = byId("explain");
  if (!panel) return;
  const s = VIEW.selected;
  const close = h("button.close", { "aria-label": "Close", click: closePanel }, "×");
  const row = s && s.key && VIEW.model ? VIEW.model.rows.get(s.key) : null;
  panel.dataset.empty = s ? "no" : "yes";
  if (s && s.note) {
    replace(panel, close, h("p.crumbs", "Note"), noteText(s.note));
  } else if (s && s.build) {
    replace(panel, close, s.build());
  } else if (row) {
    replace(panel, close, numberPanel(s, row));
  } else {
    replace(panel, emptyPanel());
  }
}

function emptyPanel() {
  return [
    h("h3", "Where does a number come from?"),
    h(
      "p",
      "Click any number or any token. Its formula appears here with the numbers filled in, and below it everything it was computed from, down to rewards and log-probabilities."
    ),
    h("p.quiet", "Question marks lead to notes on what most often puzzles readers.")
  ];
}

function numberPanel(s, row) {
  const token = s.token === null || s.token === undefined ? null : row.tokens[s.token];
  const kind = s.kind;
  const value = token && kind in token ? token[kind] : kind === "change" ? token.after - token.before : row[kind];
  const was = token ? token.was && token.was[kind] : row.was && row.was[kind];
  const c = context(kind, row, token, value);
  const f = formula(kind, c);
  return [
    crumbs(row, token),
    token ? tokenNumbers(row, token, kind) : rowNumbers(row, kind),
    h("h3", { testid: "explain-title" }, NAMES[kind] || kind),
    h(
      "p.explained-value",
      { testid: "explain-value", data: { value: exact(value) } },
      brief(value, 6),
      was !== undefined ? h("s", { title: exact(was) }, brief(was, 6)) : null,
      h("small.exact", exact(value))
    ),
    h("p", SENTENCES[kind] ? SENTENCES[kind](c) : ""),
    f,
    kind === "reward" ? rewardParts(row) : null,
    kind === "before" ? sampledAndScored(row, token) : null,
    c.tree ? treeView(c.tree, value) : null,
    NOTE_OF[kind]
      ? noteText(kind === "coefficient" && token && token.branch !== "INSIDE" ? "clip" : NOTE_OF[kind])
      : null
  ];
}

/** What a formula may need. */
function context(kind, row, token, value) {
  const model = VIEW.model;
  const changed = Boolean(model.changed);
  const at = token || row.tokens.find(t => t.counts) || row.tokens[0];
  let tree = FROM_CORE[kind] && at ? explain(model, FROM_CORE[kind], row.key, at.index) : null;
  if (tree && SUBTREE[kind]) tree = findNode(tree, SUBTREE[kind]);
  const group = model.line.groups.find(g => g.completions.includes(row.completion));
  const completion = row.completion;
  const rowsOfStep = model.line.steps[model.step].rows;
  const inStep = entities(model.line, changed).filter(e => !rowsOfStep || rowsOfStep.includes(e.row));
  const current = token && row.inStep ? currentLogProbs(completion, model.step, changed)[token.index] : NaN;
  return {
    kind,
    row: { ...row, group },
    token,
    value,
    tree,
    settings: model.run.what_if ? effectiveSettings(model.run, model.line, changed) : null,
    current,
    old: token ? num(completion.old_logp[token.index]) : NaN,
    after: token ? num(completion.after_logp[token.index]) : NaN,
    reference:
      token && completion.reference_logp
        ? num(completion.reference_logp[token.index])
        : token && changed
          ? num(completion.old_logp[token.index])
          : null,
    rows: inStep.length,
    allTokens: sum(inStep.map(e => model.line.batch.loss_tokens[e.row]))
  };
}

function crumbs(row, token) {
  const line = VIEW.model.line;
  const parts = [
    `update ${line.update}`,
    `group ${line.batch.group_of_row[row.row]}`,
    `completion ${row.row}${row.copy ? ", copy " + row.copy : ""}`
  ];
  return h(
    "p.crumbs",
    parts.join(" › "),
    token ? [" › token ", h("span.glyph", tokenText(tokenOf(row, token)))] : null
  );
}

/** All numbers of a token, each a way to its explanation. */
function tokenNumbers(row, token, current) {
  if (!token.counts) return h("p.quiet", "This token does not count: it is masked.", noteButton("mask"));
  const cells = TOKEN_NUMBERS.map(kind => {
    const value = kind === "change" ? token.after - token.before : token[kind];
    if (!Number.isFinite(value)) return null;
    const was = token.was && token.was[kind];
    return h(
      "div",
      { class: kind === current ? "here" : null },
      h("dt", shortName(kind)),
      h("dd", number(kind, row, token.index, value, was))
    );
  });
  return [h("dl.numbers", cells), token.branch !== "INSIDE" ? h("p.clip-text", branchText(token.branch)) : null];
}

function rowNumbers(row, current) {
  const share = row.completion.gradient ? num(row.completion.gradient.share) : NaN;
  const cells = [
    ["reward", row.reward, row.was && row.was.reward],
    ["advantage", row.advantage, row.was && row.was.advantage]
  ].map(([kind, value, was]) =>
    h(
      "div",
      { class: kind === current ? "here" : null },
      h("dt", shortName(kind)),
      h("dd", number(kind, row, null, value, was))
    )
  );
  return h(
    "dl.numbers",
    cells,
    Number.isFinite(share) ? h("div", h("dt", "share of gradient"), h("dd.plain", percent(share))) : null
  );
}

function shortName(kind) {
  return (
    {
      advantage: "A",
      ratio: "ρ",
      weight: "w",
      loss: "ℓ",
      coefficient: "g",
      kl: "KL",
      before: symbol("π", "old"),
      after: symbol("π", "after"),
      change: "Δπ",
      entropy: "entropy",
      logit: "|∂L/∂z|",
      share: "share",
      reward: "r"
    }[kind] || kind
  );
}

function branchText(branch) {
  return (
    {
      CLIPPED_LOW: "Clipped: A < 0 and already less likely than the range allows. The advantage gives no gradient.",
      CLIPPED_HIGH: "Clipped: A > 0 and already more likely than the range allows. The advantage gives no gradient.",
      BOUNDED: "A second bound holds here."
    }[branch] || ""
  );
}

/** The log-probability the sampler noted beside the one the trainer scored. */
function sampledAndScored(row, token) {
  const sampler = num(row.completion.sampler_logp[token.index]),
    scored = num(row.completion.old_logp[token.index]);
  const same = sameBits(sampler, scored);
  return h(
    "table.parts",
    { testid: "sampled-and-scored", data: { same } },
    h(
      "tbody",
      h("tr", h("th", { scope: "row" }, "log π when it was drawn"), h("td", brief(sampler, 6))),
      h("tr", h("th", { scope: "row" }, "log π when it was scored"), h("td", brief(scored, 6))),
      h(
        "tr",
        h("th", { scope: "row" }, same ? "equal to the last bit" : "difference"),
        h("td", same ? "✓" : brief(scored - sampler))
      )
    )
  );
}

function rewardParts(row) {
  const parts = row.completion.reward.parts || [];
  return h(
    "table.parts",
    { testid: "reward-parts" },
    h(
      "thead",
      h(
        "tr",
        ["part", "value", "weight"].map(t => h("th", { scope: "col" }, t))
      )
    ),
    h(
      "tbody",
      parts.map(part =>
        h("tr", h("th", { scope: "row" }, part.name), h("td", brief(part.value)), h("td", brief(part.weight)))
      )
    )
  );
}

/** The explanation the Java core gives, as a tree. */
function treeView(tree, value) {
  const agrees = sameBits(tree.value, value);
  return h(
    "details.tree",
    { open: true, testid: "tree", data: { agrees } },
    h(
      "summary",
      "Computed from",
      h(
        "span",
        { class: agrees ? "agree" : "differ" },
        agrees ? "same to the last bit" : "differs: " + exact(tree.value)
      )
    ),
    h("ul", treeNode(tree, 0))
  );
}

function treeNode(node, depth) {
  const label = [h("b", { title: exact(node.value) }, brief(node.value)), " ", prettyDescription(node.description)];
  if (!node.parts.length) return h("li", label);
  return h(
    "li",
    h(
      "details",
      { open: depth < 3 },
      h("summary", label),
      h(
        "ul",
        node.parts.map(part => treeNode(part, depth + 1))
      )
    )
  );
}
