/* Formulas of numbers that no core recomputes: probabilities, entropy, the gradient. */

import { call, logPiOld, m, math, mfrac, mi, mn, mo, mrow, msub, msup, mtext, paren } from "./mathml.js";

export const OTHER_FORMULAS = {
  before(c) {
    return {
      symbols: math(msub("π", mtext("old")), mo("="), call("exp", logPiOld())),
      numbers: math(mo("="), call("exp", mn(c.old, true)))
    };
  },

  after(c) {
    return {
      symbols: math(
        msub("π", mtext("after")),
        mo("="),
        call("exp", mrow(mi("log"), mo("\u2061"), msub("π", mtext("after"))))
      ),
      numbers: math(mo("="), call("exp", mn(c.after, true)))
    };
  },

  entropy() {
    return {
      symbols: math(
        mi("H"),
        mo("="),
        mo("−"),
        m("munder", {}, mo("∑"), "v"),
        mi("π"),
        paren("v"),
        mi("log"),
        mo("\u2061"),
        mi("π"),
        paren("v")
      ),
      numbers: null
    };
  },

  logit() {
    return {
      symbols: math(
        mo("‖"),
        mfrac(mrow(mo("∂"), mi("L")), mrow(mo("∂"), mi("z"))),
        mo("‖"),
        mo("="),
        mo("|"),
        mi("g"),
        mo("|"),
        mo("·"),
        mo("‖"),
        msub("e", "o"),
        mo("−"),
        mi("π"),
        mo("‖")
      ),
      numbers: null
    };
  },

  share() {
    return {
      symbols: math(
        mfrac(
          mrow(mo("⟨"), msub(mo("∇"), "t"), mo(","), mo("∇"), mo("⟩")),
          msup(mrow(mo("‖"), mo("∇"), mo("‖")), mn(2))
        )
      ),
      numbers: null
    };
  },

  change(c) {
    return {
      symbols: math(msub("π", mtext("after")), mo("−"), msub("π", mtext("old"))),
      numbers: math(mo("="), mn(c.token.after, true), mo("−"), mn(c.token.before))
    };
  },

  dead(c) {
    return {
      symbols: math(msup("p", "G"), mo("+"), msup(paren(mn(1), mo("−"), mi("p")), "G")),
      numbers: math(mo("="), msup(mn(c.p), mn(c.size)), mo("+"), msup(mn(1 - c.p), mn(c.size)))
    };
  },

  deviation(c) {
    return {
      symbols: math(
        mi("s"),
        mo("="),
        m(
          "msqrt",
          {},
          mrow(
            mfrac(mn(1), mrow(mi("G"), mo("−"), mn(1))),
            m("munder", {}, mo("∑"), "i"),
            msup(paren(msub("r", "i"), mo("−"), call("mean", "r")), mn(2))
          )
        )
      ),
      numbers: null
    };
  }
};
