/* Small line charts as SVG: lines, bands, a reading at the pointer, the update that is looked at. */

import { append, h, replace, svg } from "./dom.js";
import { bandPath, chartSummary, extent, linePath, nearest, ticks, tickText, withEnd } from "./lines.js";
import { noteButton } from "./notes.js";
import { brief } from "./numbers.js";
import { saveButtons } from "./share.js";

export const CHARTS = [];

/**
 * A chart. panel: {id, title, unit, range, height, series, events}; series: {name, colour, x, y, low, high, thin,
 * dashed, pale}; low and high make a band; events, {x, text}, are what was changed on the way.
 */
export function chart(panel, onPick) {
  const reading = h("p.chart-reading", { "aria-hidden": "true" });
  const drawing = h("div.chart-drawing");
  const root = h(
    "figure",
    {
      class: "chart" + (panel.wide ? " wide" : panel.large ? " large" : ""),
      testid: "chart",
      data: { chart: panel.id }
    },
    h(
      "figcaption",
      h("span.chart-title", panel.title, panel.note ? noteButton(panel.note) : null),
      panel.unit ? h("span.chart-unit", panel.unit) : null,
      saveButtons(panel.title, () => drawing.querySelector("svg"))
    ),
    reading,
    drawing,
    panel.below ? h("p.chart-below", panel.below) : null
  );
  const state = { panel, root, drawing, reading, onPick, width: 0, current: null };
  new ResizeObserver(entries => {
    const width = Math.round(entries[0].contentRect.width);
    if (width && width !== state.width) {
      state.width = width;
      requestAnimationFrame(() => drawChart(state));
    }
  }).observe(drawing);
  CHARTS.push(state);
  return root;
}

/** Marks an update in all charts. */
export function markCharts(update) {
  for (const state of CHARTS) {
    state.current = update;
    if (state.mark) {
      placeMark(state);
      read(state, update);
    }
  }
}

/** Draws all charts again, with what their series have become. */
export function redrawCharts() {
  for (const state of CHARTS) if (state.width) drawChart(state);
}

function drawChart(state) {
  const { panel, width, drawing } = state;
  const height = panel.height || (panel.wide || panel.large ? Math.max(200, Math.min(300, width * 0.32)) : 150);
  const { x0, x1, y0: low, y1 } = extent(panel);
  if (!Number.isFinite(x0)) {
    replace(drawing, h("p.quiet", "Nothing measured yet."));
    return;
  }
  const yTicks = ticks(low, y1, panel.wide ? 5 : 3);
  const y0 = panel.range ? low : Math.floor(low / yTicks.step + 1e-9) * yTicks.step;
  if (!panel.range && y0 < low) yTicks.found.unshift(y0);
  const labels = yTicks.found.map(t => tickText(t, yTicks.step));
  const left = 10 + 6.6 * Math.max(...labels.map(l => l.length), 1);
  const box = { left, right: width - 10, top: 8, bottom: height - 22, height };
  const X = x => box.left + ((x - x0) / (x1 - x0)) * (box.right - box.left);
  const Y = y => box.bottom - ((y - y0) / (y1 - y0)) * (box.bottom - box.top);
  Object.assign(state, { box, X, Y, x0, x1 });
  const size = { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" };
  const picture = svg("svg", { ...size, "aria-label": chartSummary(panel) });
  append(picture, [axes(state, yTicks, labels), changes(state), curves(state)]);
  state.mark = svg("line.mark", { y1: box.top, y2: box.bottom });
  state.pointer = svg("line.pointer", { y1: box.top, y2: box.bottom, visibility: "hidden" });
  append(picture, [state.mark, state.pointer]);
  follow(state, picture);
  replace(drawing, picture);
  placeMark(state);
  read(state, state.current);
}

function axes({ box, X, Y, x0, x1 }, yTicks, labels) {
  const most = Math.max(2, Math.min(8, Math.floor((box.right - box.left) / 70)));
  const xTicks = withEnd(ticks(x0, x1, Math.max(1, Math.min(most, x1 - x0))), x1); // no halves of an update
  return [
    yTicks.found.map((t, i) => [
      svg("line.grid", { x1: box.left, x2: box.right, y1: Y(t), y2: Y(t) }),
      svg("text.tick", { x: box.left - 6, y: Y(t) + 4, "text-anchor": "end" }, labels[i])
    ]),
    xTicks.found.map(t =>
      svg(
        "text.tick",
        { x: X(t), y: box.height - 5, "text-anchor": t === x1 ? "end" : "middle" },
        tickText(t, xTicks.step)
      )
    )
  ];
}

/** What was changed on the way: a line at its update. */
function changes({ panel, X, x0, x1, box }) {
  return (panel.events || [])
    .filter(({ x }) => x >= x0 && x <= x1)
    .map(({ x, text }) =>
      svg(
        "g.event",
        svg("title", text),
        svg("line", { x1: X(x), x2: X(x), y1: box.top, y2: box.bottom }),
        svg("path", { d: `M${X(x) - 4} ${box.top}h8l-4 6z` })
      )
    );
}

function curves({ panel, X, Y }) {
  const line = s => tint(s, `line${s.thin ? " thin" : ""}${s.dashed ? " dashed" : ""}${s.pale ? " pale" : ""}`);
  return [
    panel.series.filter(s => s.low).map(s => svg("path", { class: "band c" + s.colour, d: bandPath(s, X, Y) })),
    panel.series.filter(s => s.y).map(s => svg("path", { ...line(s), d: linePath(s, X, Y) }))
  ];
}

/** The colour of a series: one of six, or a hue. */
function tint(s, name) {
  return s.hue === undefined ? { class: `${name} c${s.colour}` } : { class: name + " expert", vars: { hue: s.hue } };
}

/** A pointer reads the curves; a click picks an update. */
function follow(state, picture) {
  picture.addEventListener("pointermove", event => hover(state, event));
  picture.addEventListener("pointerleave", () => {
    state.pointer.setAttribute("visibility", "hidden");
    read(state, state.current);
  });
  picture.addEventListener("click", event => state.onPick && state.onPick(Math.round(at(state, event))));
}

function at(state, event) {
  const bounds = state.drawing.getBoundingClientRect();
  const share = (event.clientX - bounds.left - state.box.left) / (state.box.right - state.box.left);
  return state.x0 + Math.max(0, Math.min(1, share)) * (state.x1 - state.x0);
}

function hover(state, event) {
  const x = Math.round(at(state, event));
  state.pointer.setAttribute("x1", state.X(x));
  state.pointer.setAttribute("x2", state.X(x));
  state.pointer.setAttribute("visibility", "visible");
  read(state, x);
}

function placeMark(state) {
  const inside = state.current !== null && state.current >= state.x0 && state.current <= state.x1;
  state.mark.setAttribute("visibility", inside ? "visible" : "hidden");
  if (inside) {
    state.mark.setAttribute("x1", state.X(state.current));
    state.mark.setAttribute("x2", state.X(state.current));
  }
}

/** The line above the curves: what they are, and their values at x. */
function read(state, x) {
  const parts = [];
  for (const s of state.panel.series) {
    if (s.quiet) continue;
    const i = nearest(s, x === null ? Infinity : x);
    const value = i < 0 ? null : brief(s.y[i], 3);
    const interval = i >= 0 && s.low && s.interval ? ` [${brief(s.low[i], 3)}, ${brief(s.high[i], 3)}]` : "";
    parts.push(
      h(
        "span.key",
        h("i", tint(s, `swatch${s.dashed ? " dashed" : ""}`)),
        s.name || null,
        value === null ? null : h("b", " " + value),
        interval
      )
    );
  }
  replace(state.reading, parts);
}
