/* What a token can be coloured by. Blue always means "more likely" or "better", orange the opposite. */

import { h } from "./dom.js";
import { expertHue, expertText } from "./experts.js";
import { brief, power, superscript } from "./numbers.js";

export const QUANTITIES = {
  advantage: {
    label: "Advantage A",
    kind: "diverging",
    of: t => t.advantage,
    low: "worse than its group",
    high: "better than its group"
  },
  coefficient: {
    label: "Coefficient g = ∂L/∂log π",
    kind: "diverging",
    flip: true,
    of: t => t.coefficient,
    hint: "g < 0: the step makes it likelier",
    low: "pushed down",
    high: "pushed up"
  },
  change: {
    label: "Change of probability",
    kind: "diverging",
    of: t => t.after - t.before,
    low: "less likely now",
    high: "more likely now"
  },
  ratio: {
    label: "Ratio ρ = π / π_old",
    kind: "diverging",
    centre: 1,
    of: t => t.ratio,
    low: "below 1",
    high: "above 1"
  },
  kl: {
    label: "KL to the reference",
    kind: "sequential",
    of: t => t.kl,
    low: "0",
    high: "far from the reference",
    available: model => model.hasReference
  },
  probability: {
    label: "Probability when sampled",
    kind: "sequential",
    of: t => t.before,
    low: "0",
    high: "1",
    limit: 1
  },
  entropy: { label: "Entropy", kind: "sequential", of: t => t.entropy, low: "certain", high: "undecided" },
  weight: { label: "Weight w", kind: "sequential", of: t => t.weight, low: "0", high: "counts most" },
  loss: { label: "Loss", kind: "diverging", flip: true, of: t => t.loss, low: "positive", high: "negative" },
  logit: { label: "Length of ∂L/∂logits", kind: "sequential", of: t => t.logit, low: "0", high: "steepest" },
  share: {
    label: "Share of the gradient",
    kind: "diverging",
    of: t => t.share,
    low: "against the batch",
    high: "with the batch",
    available: model => model.hasShares
  },
  expert: {
    label: "Expert",
    kind: "category",
    of: t => t.expert,
    text: expertText,
    hue: expertHue,
    available: model => model.blocks > 0
  }
};

/**
 * Numbers of a completion or a token: what each is called where it stands alone, in equations and where room is short,
 * and the note on it.
 */
export const NUMBERS = {
  reward: { name: "Reward r", symbol: "r", short: ["r"] },
  advantage: { name: "Advantage A", symbol: "A", short: ["A"], note: "deviation" },
  ratio: { name: "Ratio ρ", symbol: "rho", short: ["ρ"], note: "ratio" },
  weight: { name: "Weight w", symbol: "w", short: ["w"], note: "weight" },
  loss: { name: "Loss of the token", symbol: "l", short: ["ℓ"], note: "loss" },
  coefficient: { name: "Coefficient g", symbol: "g", short: ["g"], note: "coefficient" },
  kl: { name: "KL to the reference", symbol: "KL", short: ["KL"], note: "kl" },
  before: { name: "Probability before", symbol: "pi_old", short: ["π", "old"], note: "sampler" },
  after: { name: "Probability after", symbol: "pi_after", short: ["π", "after"], note: "change" },
  change: { name: "Change of probability", symbol: "Delta pi", short: ["Δπ"], note: "change" },
  entropy: { name: "Entropy", symbol: "H", short: ["entropy"], note: "entropy" },
  logit: { name: "Length of ∂L/∂logits", symbol: "dL/dz", short: ["|∂L/∂z|"] },
  share: { name: "Share of the gradient", symbol: "share", short: ["share"], note: "share" },
  expert: { name: "Expert", symbol: "expert", short: ["expert"], note: "experts" }
};

/** How strongly each token is coloured: -1 (orange) to 1 (blue), or 0 to 1 (violet). */
export function colourScale(quantity, tokens) {
  const q = QUANTITIES[quantity];
  if (q.kind === "category") return { text: v => "e" + v, at: () => 1 };
  const centre = q.centre || 0;
  const sizes = tokens.filter(t => t.counts && Number.isFinite(q.of(t))).map(t => Math.abs(q.of(t) - centre));
  const most = q.limit || usual(sizes);
  const exponent = power(most) < -2 ? power(most) : 0;
  return {
    most,
    centre,
    exponent,
    beyond: sizes.some(size => size > most),
    /** The number as it stands on a token, in units of the legend. */
    text: v => {
      if (v !== 0 && !centre && Math.abs(v) < 5e-3 * Math.pow(10, exponent)) return "≈ 0";
      return brief(exponent ? v / Math.pow(10, exponent) : v, 2);
    },
    at: t => {
      const v = q.of(t);
      if (!Number.isFinite(v) || !(most > 0)) return 0;
      return ((v - centre) / most) * (q.flip ? -1 : 1);
    }
  };
}

/** The largest size; a few outliers would hide all the others, so they saturate the colour instead. */
function usual(sizes) {
  const sorted = sizes.filter(size => size > 0).sort((a, b) => a - b);
  const most = sorted.at(-1) || 0;
  const nearMost = sorted[Math.floor(0.9 * (sorted.length - 1))] || 0;
  return most > 3 * nearMost ? nearMost : most;
}

export function legend(quantity, scale) {
  const q = QUANTITIES[quantity];
  const diverging = q.kind === "diverging";
  const end = sign => brief(scale.centre + (q.flip ? -sign : sign) * scale.most, 3);
  return h(
    "p.legend",
    { testid: "legend" },
    h("span", diverging ? `${q.low} (${end(-1)})` : q.low),
    h("span", { class: "ramp " + q.kind, "aria-hidden": "true" }),
    h("span", diverging ? `${q.high} (${end(1)})` : `${q.high} (${brief(scale.most, 3)})`),
    scale.beyond ? h("span", "and beyond") : null,
    q.hint ? h("span", q.hint) : null,
    scale.exponent ? h("span", `numbers on tokens in units of 10${superscript(scale.exponent)}`) : null
  );
}
