/* The runs of this page, and their traced updates, which are packed (gzip, base64) until they are looked at. */

import { byId } from "./dom.js";
import { num } from "./numbers.js";

/** An object where a text should be is shown as it is; no name leads to anything but what the file has. */
const FOUND = Object.freeze({
  __proto__: null,
  [Symbol.toPrimitive]() {
    return JSON.stringify(this);
  }
});

/**
 * What a file says. Its objects do not inherit from Object: a metric may be called "constructor", and an object must
 * not pass for the properties that the page gives to an element.
 */
export function parse(text) {
  return JSON.parse(text, (key, value) =>
    value && typeof value === "object" && !Array.isArray(value) ? Object.setPrototypeOf(value, FOUND) : value
  );
}

export const DATA = parse(byId("data").textContent);

export const RUNS = DATA.runs;

/** The traced update at a place of the list, unpacked. */
export async function tracedUpdate(run, index) {
  const entry = run.trace.updates[index];
  if (!entry.line) {
    if (!entry.loading) entry.loading = unpack(entry.gzip).then(text => (entry.line = parse(text)));
    await entry.loading;
  }
  return entry.line;
}

async function unpack(base64) {
  const packed = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export function hasTrace(run) {
  return Boolean(run && run.trace && run.trace.header && run.trace.updates.length);
}

/** A column of metrics as numbers; NaN where an update did not measure it. */
export function column(run, name) {
  const values = run.metrics[name];
  return values ? values.map(num) : (run.metrics.update || []).map(() => NaN);
}

export function measures(run, name) {
  return (run.metrics[name] || []).some(v => Number.isFinite(num(v)));
}

/** A setting of config.yaml by its dotted name. */
export function setting(run, key) {
  return run.settings[key];
}

export function groupSize(run) {
  return (
    Number(setting(run, "train.group_size")) || (run.trace && run.trace.header && run.trace.header.group_size) || 0
  );
}

/** Whether the reward is 1 for right and 0 for wrong, nothing else. */
export function rewardIsRightOrWrong(run) {
  return (
    setting(run, "reward.parts[0].name") === "correct" &&
    setting(run, "reward.parts[1].name") === undefined &&
    Number(setting(run, "reward.parts[0].weight") ?? 1) === 1 &&
    !(run.metrics.reward || []).some(v => num(v) > 1 || num(v) < 0)
  );
}

/** The share of groups with equal rewards if every prompt were solved with probability p. */
export function predictedDead(p, size) {
  return Math.pow(p, size) + Math.pow(1 - p, size);
}

/** The runs by experiment, in the order in which they came. */
export function experiments() {
  const found = new Map();
  for (const run of RUNS) {
    if (!found.has(run.name)) found.set(run.name, []);
    found.get(run.name).push(run);
  }
  for (const runs of found.values()) runs.sort((a, b) => Number(a.seed) - Number(b.seed));
  return [...found.entries()].map(([name, runs], colour) => ({ name, runs, colour: colour % 6 }));
}
