/* The clip at work: every token of the group at its ratio, those pushed up above, those pushed down below. */

import { byId, h, svg } from "../../report/page/dom.js";
import { noteButton } from "../../report/page/notes.js";
import { brief, plural } from "../../report/page/numbers.js";
import { ratioPlace } from "./row.js";
import { clipRange, tokensOf } from "./scene.js";

const WIDEST = 720;
const HEIGHT = 120;
const LEFT = 112;
const TICKS = [0.6, 0.8, 1, 1.25, 1.6];

export function clipView(side, group) {
  const tokens = tokensOf(group).filter(token => Number.isFinite(token.ratios.at(-1)) && token.advantage !== 0);
  const range = clipRange(side.settings);
  const clipped = tokens.filter(token => token.clipped).length;
  if (!tokens.length) return null;
  return h(
    "figure.clip-view",
    { testid: "clip-view", data: { clipped } },
    h(
      "figcaption",
      h("span.chart-title", "How far each token went", noteButton("ratio")),
      h("span.quiet", caption(range, tokens.length, clipped, tokens[0].ratios.length - 1))
    ),
    picture(tokens, range, clipped)
  );
}

function caption(range, count, clipped, steps) {
  if (!range) return `${plural(count, "token")}; this surrogate has no range for the ratio`;
  if (steps === 1)
    return "the step begins at ratio 1, so nothing is cut yet; with more epochs tokens run into the band's edge";
  const reached = `${clipped} of ${plural(count, "token")} reached the edge of the range`;
  return `${reached} in one of ${plural(steps, "step")}: no further push`;
}

function picture(tokens, range, clipped) {
  const width = Math.max(260, Math.min(WIDEST, byId("stage").clientWidth - 40));
  const X = ratio => LEFT + ratioPlace(ratio) * (width - LEFT - 12);
  const label = `${plural(tokens.length, "token")} by ratio, ${clipped} clipped`;
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, role: "img", "aria-label": label },
    range
      ? svg("rect.clip-band", {
          x: X(range.low),
          y: 6,
          width: X(range.high) - X(range.low),
          height: HEIGHT - 28,
          rx: 4
        })
      : null,
    svg("line.clip-one", { x1: X(1), x2: X(1), y1: 6, y2: HEIGHT - 22 }),
    svg("line.grid", { x1: 0, x2: width - 12, y1: (HEIGHT - 16) / 2, y2: (HEIGHT - 16) / 2 }),
    range ? edges(range, X) : null,
    tokens.map((token, i) => trail(token, i, X)),
    TICKS.map(t => svg("text.tick", { x: X(t), y: HEIGHT - 6, "text-anchor": "middle" }, brief(t, 3))),
    svg("text.tick", { x: 0, y: 30 }, "▲ pushed up"),
    svg("text.tick", { x: 0, y: HEIGHT - 42 }, "▼ pushed down")
  );
}

/** Where a push ends: above for those that are to go up, below for those that are to go down. */
function edges({ low, high }, X) {
  const middle = (HEIGHT - 16) / 2;
  return [
    svg("line.clip-edge", { x1: X(high), x2: X(high), y1: 6, y2: middle }),
    svg("line.clip-edge", { x1: X(low), x2: X(low), y1: middle, y2: HEIGHT - 22 })
  ];
}

/** A token's way from ratio 1 to where it ended. */
function trail(token, i, X) {
  const up = token.advantage > 0;
  const middle = (HEIGHT - 16) / 2;
  const spread = 8 + ((i * 7) % 32);
  const y = up ? middle - spread : middle + spread;
  const end = X(token.ratios.at(-1));
  return svg(
    "g",
    { class: "way " + (up ? "pos" : "neg") + (token.clipped ? " clipped" : "") },
    svg("line", { x1: X(1), x2: end, y1: y, y2: y }),
    svg("circle", { cx: end, cy: y, r: token.clipped ? 4.2 : 3.2 })
  );
}
