/* The arithmetic of a chart: ticks, paths, smoothing. */

import { brief, minus, sum } from "./numbers.js";

export function extent(panel) {
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
export function ticks(low, high, n) {
  const raw = (high - low) / Math.max(1, n);
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = power * [1, 2, 5, 10].find(m => power * m >= raw * 0.999);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) found.push(k * step);
  return { found, step };
}

/** The ticks with the end of the axis among them, in place of one too close to it. */
export function withEnd({ found, step }, end) {
  return { found: [...found.filter(t => t <= end - step / 2), end], step };
}

export function tickText(value, step) {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return decimals > 4 ? brief(value, 2) : minus(value.toFixed(decimals));
}

/** The last measured point at or before x, or the first one. */
export function nearest(s, x) {
  let found = -1;
  for (let i = 0; i < s.x.length; i++) {
    if (Number.isFinite(s.y[i])) {
      if (s.x[i] <= x || found < 0) found = i;
      if (s.x[i] > x) break;
    }
  }
  return found;
}

export function linePath(s, X, Y) {
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

export function bandPath(s, X, Y) {
  const points = [];
  for (let i = 0; i < s.x.length; i++) if (Number.isFinite(s.low[i]) && Number.isFinite(s.high[i])) points.push(i);
  if (!points.length) return "";
  const upper = points.map(i => X(s.x[i]).toFixed(1) + " " + Y(s.high[i]).toFixed(1));
  const lower = points.reverse().map(i => X(s.x[i]).toFixed(1) + " " + Y(s.low[i]).toFixed(1));
  return "M" + upper.concat(lower).join("L") + "Z";
}

export function chartSummary(panel) {
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
export function smoothed(values, radius) {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - radius), i + radius + 1).filter(Number.isFinite);
    return near.length ? sum(near) / near.length : NaN;
  });
}

/** How many of n things stand in a row, in wide, middling and narrow windows, so that rows are even. */
export function perRow(n, wide, mid, narrow) {
  const even = most => Math.ceil(n / Math.ceil(n / most));
  return { wide: even(wide), mid: even(mid), narrow: even(narrow) };
}
