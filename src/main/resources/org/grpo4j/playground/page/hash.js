/* The address holds the settings, what was changed on the way, the update, the lesson and the theme. */

import { lab, mainSide } from "./lab.js";
import { lessonNow } from "./lesson.js";
import { essence, valueOf, wholeSettings } from "./settings.js";

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

function readChange(text) {
  const [update, ...entries] = text.split(";");
  const given = {},
    rewards = {};
  for (const entry of entries) {
    const at = entry.indexOf(":");
    const name = entry.slice(0, at),
      value = valueOf(entry.slice(at + 1));
    if (name.startsWith("row.")) rewards[Number(name.slice(4))] = value;
    else given[name] = value;
  }
  return { update: Number(update), ...(Object.keys(rewards).length ? { rewards } : { given }) };
}

const OTHERS = ["update", "lesson", "theme", "then", "b.then"];

/** What an address asks for: {settings, second, changes, secondChanges, update, lesson, theme}. */
export function readHash() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = wholeSettings({});
  const settings = {},
    second = {};
  for (const [name, text] of parts) {
    if (OTHERS.includes(name)) continue;
    const ofSecond = name.startsWith("b.");
    const key = ofSecond ? name.slice(2) : name;
    if (key in known || /^(train|advantage|objective|critic)\.\w+$/.test(key))
      (ofSecond ? second : settings)[key] = valueOf(text);
  }
  return {
    settings,
    second: Object.keys(second).length ? second : null,
    changes: parts.getAll("then").map(readChange),
    secondChanges: parts.getAll("b.then").map(readChange),
    update: Math.max(0, Math.round(Number(parts.get("update"))) || 0),
    lesson: parts.get("lesson"),
    theme: parts.get("theme")
  };
}

/** Whether there is something to link to. */
export function canLink() {
  return Boolean(mainSide() && mainSide().line);
}
