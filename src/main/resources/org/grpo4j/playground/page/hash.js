/* The address holds the settings, what was changed on the way, the update, the lesson and the theme. */

import { MOST_UPDATES } from "./lab.js";
import { lessonNow } from "./lesson.js";
import { essence, knownSettings } from "./settings.js";
import { lab } from "./state.js";

let writing = 0;

/** Soon, and once: browsers stop pages that write their address too often. */
export function writeHash() {
  clearTimeout(writing);
  writing = setTimeout(writeNow, 300);
}

function writeNow() {
  const [first, second] = lab.sides;
  if (!first || !first.line) return;
  const parts = new URLSearchParams();
  const { task } = first.start;
  const own = essence(first.start, { task });
  for (const [name, value] of Object.entries({ task, ...own })) parts.set(name, value);
  const other = second ? Object.entries(essence(second.start, first.start)) : [];
  for (const [name, value] of other) parts.set("b." + name, value);
  if (second && !other.length) parts.set("b.seed", second.start.seed);
  first.changes.forEach(change => parts.append("then", changeText(change)));
  if (second) second.changes.forEach(change => parts.append("b.then", changeText(change)));
  if (first.line.update > 0) parts.set("update", first.line.update);
  if (lessonNow()) parts.set("lesson", lessonNow());
  const theme = document.documentElement.dataset.theme;
  if (theme && theme !== "auto") parts.set("theme", theme);
  try {
    history.replaceState(null, "", "#" + parts);
  } catch (blocked) {
    // Not allowed everywhere, and not needed.
  }
}

/** 40;train.learning_rate:0.01 or 40;reward.3:1 */
function changeText({ update, given, rewards }) {
  const entries = given ? Object.entries(given) : Object.entries(rewards).map(([row, value]) => ["row." + row, value]);
  return [update, ...entries.map(([name, value]) => `${name}:${value}`)].join(";");
}

/** A number if the setting is one, and else a text; nothing of a setting that there is not. */
function read(name, text) {
  const known = knownSettings();
  if (!known.has(name)) return undefined;
  const isNumber = typeof known.get(name) === "number" && text !== "" && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

function readChange(text, refuse) {
  const [update, ...entries] = text.split(";");
  const given = {},
    rewards = {};
  for (const entry of entries) {
    const [, name, value] = entry.match(/^([^:]*):?([^]*)$/);
    const row = /^row\.(\d+)$/.exec(name);
    if (row && value !== "" && Number.isFinite(Number(value))) rewards[row[1]] = Number(value);
    else if (read(name, value) !== undefined) given[name] = read(name, value);
    else refuse("then", entry);
  }
  if (!/^\d{1,6}$/.test(update)) refuse("then", text);
  const isRewards = Object.keys(rewards).length > 0;
  return { update: Number(update), ...(isRewards ? { rewards } : { given }) };
}

/** The changes that can be read, in the order of their updates. */
function readChanges(texts, refuse) {
  return texts
    .map(text => readChange(text, refuse))
    .filter(({ update, given, rewards }) => Number.isInteger(update) && Object.keys(given || rewards).length)
    .sort((a, b) => a.update - b.update);
}

const OTHERS = ["update", "lesson", "theme", "then", "b.then"];

/** What an address asks for: {settings, second, changes, secondChanges, update, lesson, theme, refused}. */
export function readHash() {
  const parts = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  const settings = {},
    second = {};
  let refused = null;
  const refuse = (name, text) => (refused ??= `${name}: must be one of the page's settings, got ${text.slice(0, 60)}`);
  for (const [name, text] of parts) {
    if (OTHERS.includes(name)) continue;
    const ofSecond = name.startsWith("b.");
    const key = ofSecond ? name.slice(2) : name;
    const value = read(key, text);
    if (value === undefined || (ofSecond && ["task", "model"].includes(key))) refuse(name.slice(0, 60), text);
    else (ofSecond ? second : settings)[key] = value;
  }
  return {
    settings,
    second: Object.keys(second).length ? second : null,
    changes: readChanges(parts.getAll("then"), refuse),
    secondChanges: readChanges(parts.getAll("b.then"), refuse),
    update: Math.max(0, Math.min(MOST_UPDATES - 1, Math.round(Number(parts.get("update"))) || 0)),
    lesson: parts.get("lesson"),
    theme: parts.get("theme"),
    refused
  };
}
