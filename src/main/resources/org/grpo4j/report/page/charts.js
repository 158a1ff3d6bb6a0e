/* Small line charts as SVG: lines, bands, a reading at the pointer, the update that is looked at. */

const CHARTS = [];

/**
 * A chart. panel: {id, title, unit, range, series}; series: {name, colour, x, y, low, high, thin, dashed}; low and high make a band.
 */
function chart(panel, onPick) {
  const reading = h("p.chart-reading", { "aria-hidden": "true" });
  const drawing = h("div.chart-drawing");
  const root = h(
    "figure",
    { class: "chart" + (panel.wide ? " wide" : ""), testid: "chart", data: { chart: panel.id } },
    h(
      "figcaption",
      h("span.chart-title", panel.title, panel.note ? noteButton(panel.note) : null),
      panel.unit ? h("span.chart-unit", panel.unit) : null
    ),
    reading,
    drawing
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
function markCharts(update) {
  for (const state of CHARTS) {
    state.current = update;
    if (state.mark) {
      placeMark(state);
      read(state, update);
    }
  }
}

function extent(panel) {
  let x0 = Infinity,
    x1 = -Infinity,
    y0 = Infinity,
    y1 = -Infinity;
  for (const s of panel.series) {
    for (let i = 0; i < s.x.length; i++) {
      for (const y of [s.y[i], s.low && s.low[i], s.high && s.high[i]]) {
        if (Number.isFinite(y)) {
          y0 = Math.min(y0, y);
          y1 = Math.max(y1, y);
          x0 = Math.min(x0, s.x[i]);
          x1 = Math.max(x1, s.x[i]);
        }
      }
    }
  }
  if (panel.range) {
    y0 = Math.min(panel.range[0], y0);
    y1 = Math.max(panel.range[1], y1);
  }
  if (!(y1 > y0)) {
    const half = Math.max(Math.abs(y0) * 0.1, 1e-3);
    y1 = y0 + half;
    y0 = panel.range ? y0 : y0 - half;
  }
  return { x0, x1: x1 > x0 ? x1 : x0 + 1, y0, y1 };
}

/** At most n round numbers that cover the range. */
function ticks(low, high, n) {
  const raw = (high - low) / Math.max(1, n);
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = power * [1, 2, 5, 10].find(m => power * m >= raw * 0.999);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) found.push(k * step);
  return { found, step };
}

function tickText(value, step) {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return decimals > 4 ? brief(value, 2) : minus(value.toFixed(decimals));
}

function drawChart(state) {
  const { panel, width, drawing } = state;
  const height = panel.wide ? Math.max(200, Math.min(300, width * 0.32)) : 150;
  if (panel.zero && panel.series.every(s => s.y.every(y => !(Math.abs(y) > 0)))) {
    replace(drawing, h("p.quiet.nothing", panel.zero));
    return;
  }
  const { x0, x1, y0: low, y1: high } = extent(panel);
  if (!Number.isFinite(x0)) {
    replace(drawing, h("p.quiet", "Nothing measured yet."));
    return;
  }
  const yTicks = ticks(low, high, panel.wide ? 5 : 3);
  const y0 = panel.range ? low : Math.min(low, yTicks.found[0] ?? low);
  const y1 = high;
  const labels = yTicks.found.map(t => tickText(t, yTicks.step));
  const left = 10 + 6.6 * Math.max(...labels.map(l => l.length), 1);
  const box = { left, right: width - 10, top: 8, bottom: height - 22 };
  const X = x => box.left + ((x - x0) / (x1 - x0)) * (box.right - box.left);
  const Y = y => box.bottom - ((y - y0) / (y1 - y0)) * (box.bottom - box.top);
  Object.assign(state, { box, X, Y, x0, x1 });

  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: "img",
    "aria-label": chartSummary(panel)
  });
  yTicks.found.forEach((t, i) => {
    picture.append(
      svg("line.grid", { x1: box.left, x2: box.right, y1: Y(t), y2: Y(t) }),
      svg("text.tick", { x: box.left - 6, y: Y(t) + 4, "text-anchor": "end" }, labels[i])
    );
  });
  const xTicks = ticks(x0, x1, Math.max(2, Math.min(8, Math.floor((box.right - box.left) / 70))));
  for (const t of xTicks.found) {
    picture.append(svg("text.tick", { x: X(t), y: height - 5, "text-anchor": "middle" }, tickText(t, xTicks.step)));
  }
  for (const s of panel.series) {
    if (s.low) picture.append(svg("path", { class: "band c" + s.colour, d: bandPath(s, X, Y) }));
  }
  for (const s of panel.series) {
    if (s.y) {
      picture.append(
        svg("path", {
          class: `line c${s.colour}${s.thin ? " thin" : ""}${s.dashed ? " dashed" : ""}`,
          d: linePath(s, X, Y)
        })
      );
    }
  }
  state.mark = svg("line.mark", { y1: box.top, y2: box.bottom });
  state.pointer = svg("line.pointer", { y1: box.top, y2: box.bottom, visibility: "hidden" });
  picture.append(state.mark, state.pointer);
  picture.addEventListener("pointermove", event => hover(state, event));
  picture.addEventListener("pointerleave", () => {
    state.pointer.setAttribute("visibility", "hidden");
    read(state, state.current);
  });
  picture.addEventListener("click", event => state.onPick && state.onPick(Math.round(at(state, event))));
  replace(drawing, picture);
  placeMark(state);
  read(state, state.current);
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
    const value = i < 0 ? null : panelNumber(state.panel, s.y[i]);
    const interval =
      i >= 0 && s.low && s.interval
        ? ` [${panelNumber(state.panel, s.low[i])}, ${panelNumber(state.panel, s.high[i])}]`
        : "";
    parts.push(
      h(
        "span.key",
        h("i", { class: `swatch c${s.colour}${s.dashed ? " dashed" : ""}` }),
        s.name || null,
        value === null ? null : h("b", " " + value),
        interval
      )
    );
  }
  replace(state.reading, parts);
}

function panelNumber(panel, value) {
  return brief(value, 3);
}

/** The last measured point at or before x, or the first one. */
function nearest(s, x) {
  let found = -1;
  for (let i = 0; i < s.x.length; i++) {
    if (Number.isFinite(s.y[i])) {
      if (s.x[i] <= x || found < 0) found = i;
      if (s.x[i] > x) break;
    }
  }
  return found;
}

function linePath(s, X, Y) {
  let path = "";
  let pen = false;
  for (let i = 0; i < s.x.length; i++) {
    if (Number.isFinite(s.y[i])) {
      path += (pen ? "L" : "M") + X(s.x[i]).toFixed(1) + " " + Y(s.y[i]).toFixed(1);
      pen = true;
    } else if (!s.sparse) {
      pen = false;
    }
  }
  return path;
}

function bandPath(s, X, Y) {
  const points = [];
  for (let i = 0; i < s.x.length; i++) if (Number.isFinite(s.low[i]) && Number.isFinite(s.high[i])) points.push(i);
  if (!points.length) return "";
  const upper = points.map(i => X(s.x[i]).toFixed(1) + " " + Y(s.high[i]).toFixed(1));
  const lower = points.reverse().map(i => X(s.x[i]).toFixed(1) + " " + Y(s.low[i]).toFixed(1));
  return "M" + upper.concat(lower).join("L") + "Z";
}

function chartSummary(panel) {
  const parts = panel.series
    .filter(s => !s.quiet)
    .map(s => {
      const measured = s.y.map((y, i) => i).filter(i => Number.isFinite(s.y[i]));
      if (!measured.length) return s.name + ": nothing measured";
      const first = measured[0],
        last = measured[measured.length - 1];
      return `${s.name || "value"}: ${brief(s.y[first], 3)} at ${s.x[first]}, ${brief(s.y[last], 3)} at ${s.x[last]}`;
    });
  return panel.title + ". " + parts.join(". ");
}

/** Each value replaced by the mean of those at most radius places away. */
function smoothed(values, radius) {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - radius), i + radius + 1).filter(Number.isFinite);
    return near.length ? sum(near) / near.length : NaN;
  });
}
