/* Formulas as MathML: once in symbols, once with the numbers in their places. */

import { fill, h, MATHML } from "./dom.js";
import {
  call,
  logPi,
  logPiOld,
  logPiRef,
  m,
  math,
  mfrac,
  mi,
  mn,
  mo,
  mrow,
  msub,
  msup,
  mtext,
  paren
} from "./mathml.js";
import { exact } from "./numbers.js";
import { OTHER_FORMULAS } from "./otherformulas.js";
import { valueOf } from "./tree.js";

/** Symbols, then the same with numbers, then the result; null where the tree has to do. */
export function formula(kind, c) {
  const lines = FORMULAS[kind] ? FORMULAS[kind](c) : null;
  if (!lines || !multipliesOut(lines.check, c.value)) return null;
  const result = math(kind === "kl" ? mrow(mtext("KL"), mo("≈")) : mo("="), mn(c.value, true));
  return h(
    "div.formula",
    { testid: "formula", data: { formula: kind, value: exact(c.value) } },
    lines.symbols,
    h("div.filled-line", lines.numbers, result)
  );
}

/** A formula that leaves something out (a factor, a bound) is not shown: its numbers would not give the result. */
function multipliesOut(check, value) {
  return check === undefined || Math.abs(check - value) <= 1e-9 * Math.abs(value) + 1e-15;
}

const FORMULAS = {
  advantage(c) {
    const reward = c.row.reward;
    const mean = valueOf(c.tree, /^mean of the rewards/);
    const deviation = valueOf(c.tree, /^standard deviation/);
    const epsilon = valueOf(c.tree, /^stdEpsilon/);
    const numerator = mrow(msub("r", "i"), mo("−"), call("mean", "r"));
    if (mean === null) return null;
    if (deviation === null) {
      return {
        check: reward - mean,
        symbols: math(mi("A"), mo("="), numerator),
        numbers: math(mo("="), mn(reward, true), mo("−"), mn(mean))
      };
    }
    const check = (reward - mean) / (deviation + epsilon);
    const s = c.settings && c.settings.advantage.scale === "batch" ? msub("s", mtext("batch")) : mi("s");
    return {
      check,
      symbols: math(mi("A"), mo("="), mfrac(numerator, mrow(s, mo("+"), mi("ε")))),
      numbers: math(
        mo("="),
        mfrac(mrow(mn(reward, true), mo("−"), mn(mean)), mrow(mn(deviation), mo("+"), mn(epsilon)))
      )
    };
  },

  ratio(c) {
    if (c.settings && c.settings.objective.ratioLevel && c.settings.objective.ratioLevel !== "token") return null;
    return {
      check: Math.exp(c.current - c.old),
      symbols: math(
        mi("ρ"),
        mo("="),
        mfrac(mi("π"), msub("π", mtext("old"))),
        mo("="),
        call("exp", logPi(), mo("−"), logPiOld())
      ),
      numbers: math(mo("="), call("exp", mn(c.current, true), mo("−"), mn(c.old)))
    };
  },

  kl(c) {
    if (!c.settings || (c.settings.objective.klEstimator || "k3") !== "k3" || c.reference === null) return null;
    const x = c.current - c.reference;
    return {
      check: Math.expm1(-x) + x,
      symbols: math(
        mi("x"),
        mo("="),
        logPi(),
        mo("−"),
        logPiRef(),
        mo(","),
        m("mspace", { width: "0.8em" }),
        mtext("KL"),
        mo("≈"),
        msup("e", mrow(mo("−"), mi("x"))),
        mo("+"),
        mi("x"),
        mo("−"),
        fill(document.createElementNS(MATHML, "mn"), {}, ["1"])
      ),
      numbers: math(mi("x"), mo("="), mn(c.current, true), mo("−"), mn(c.reference), mo("="), mn(x, true))
    };
  },

  weight(c) {
    const n = c.row.tokens.filter(t => t.counts).length;
    const how = c.settings && c.settings.objective.aggregation;
    if (how === "sequence-mean-token-mean") {
      return {
        check: 1 / (c.rows * n),
        symbols: math(mi("w"), mo("="), mfrac(mn(1), mrow(mi("N"), mo("\u2062"), msub("n", "i")))),
        numbers: math(mo("="), mfrac(mn(1), mrow(mn(c.rows), mo("·"), mn(n))))
      };
    }
    if (how === "token-mean") {
      return {
        check: 1 / c.allTokens,
        symbols: math(mi("w"), mo("="), mfrac(mn(1), mrow(m("munder", {}, mo("∑"), "i"), msub("n", "i")))),
        numbers: math(mo("="), mfrac(mn(1), mn(c.allTokens)))
      };
    }
    return null;
  },

  loss(c) {
    const clip = clipRange(c);
    if (!clip) return null;
    const { low, high } = clip;
    const t = c.token;
    const clipped = Math.max(1 - low, Math.min(t.ratio, 1 + high));
    const beta = Number(c.settings.objective.beta || 0);
    const kl = beta > 0 ? [mo("+"), mi("β"), mo("\u2062"), mtext("KL")] : [];
    const klNumbers = beta > 0 ? [mo("+"), mn(beta), mo("·"), mn(t.kl)] : [];
    return {
      check: -Math.min(t.ratio * t.advantage, clipped * t.advantage) + (beta > 0 ? beta * t.kl : 0),
      symbols: math(
        mi("ℓ"),
        mo("="),
        mo("−"),
        call("min", mi("ρ"), mi("A"), mo(","), call("clip", mi("ρ")), mi("A")),
        kl
      ),
      numbers: math(
        mo("="),
        mo("−"),
        call("min", mn(t.ratio), mo("·"), mn(t.advantage), mo(","), mn(clipped), mo("·"), mn(t.advantage)),
        klNumbers
      )
    };
  },

  coefficient(c) {
    if (!clipRange(c) || (c.settings.objective.ratioLevel || "token") !== "token") return null;
    const t = c.token;
    const beta = Number(c.settings.objective.beta || 0);
    const k3 = (c.settings.objective.klEstimator || "k3") === "k3" && c.reference !== null;
    if (beta > 0 && !k3) return null;
    const inside = t.branch === "INSIDE";
    const x = c.reference === null ? 0 : c.current - c.reference;
    const slope = -Math.expm1(-x);
    const symbols = [
      inside ? mrow(mo("−"), mi("ρ"), mi("A")) : fill(document.createElementNS(MATHML, "mn"), {}, ["0"])
    ];
    const numbers = [inside ? mrow(mo("−"), mn(t.ratio), mo("·"), mn(t.advantage)) : mn(0)];
    if (beta > 0) {
      symbols.push(mo("+"), mi("β"), paren(mn(1), mo("−"), msup("e", mrow(mo("−"), mi("x")))));
      numbers.push(mo("+"), mn(beta), mo("·"), mn(slope));
    }
    return {
      check: t.weight * ((inside ? -t.ratio * t.advantage : 0) + (beta > 0 ? beta * slope : 0)),
      symbols: math(
        mi("g"),
        mo("="),
        mfrac(mrow(mo("∂"), mi("L")), mrow(mo("∂"), logPi())),
        mo("="),
        mi("w"),
        paren(symbols)
      ),
      numbers: math(mo("="), mn(t.weight), mo("·"), paren(numbers))
    };
  },

  ...OTHER_FORMULAS
};

/** The clip range, if the surrogate is the clipped one. */
function clipRange(c) {
  const o = c.settings && c.settings.objective;
  return o && o.surrogate === "clip" ? { low: Number(o.clipLow), high: Number(o.clipHigh) } : null;
}
