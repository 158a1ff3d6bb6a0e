/* What is selected: a number, or a note. */

import { writeAddress } from "./address.js";
import { byId, h } from "./dom.js";
import { brief, exact } from "./numbers.js";
import { stopAt } from "./keys.js";
import { NUMBERS } from "./quantities.js";
import { actions, view } from "./view.js";

/** A number that can be asked where it came from. */
export function number(kind, row, token, value, was, extra) {
  const text = brief(value);
  return h(
    "button",
    {
      class: "num" + (was !== undefined ? " changed" : ""),
      data: {
        number: kind,
        row: row.row,
        copy: row.copy || undefined,
        token: token === null ? undefined : token,
        value: exact(value),
        was: was === undefined ? undefined : exact(was)
      },
      title: `${NUMBERS[kind].name}: ${exact(value)}` + (was !== undefined ? `, was ${exact(was)}` : ""),
      click: () => select({ kind, key: row.key, token })
    },
    text,
    was !== undefined ? h("s", brief(was)) : null,
    extra
  );
}

export function select(selection) {
  view.selected = selection;
  actions.renderPanel();
  openPanel();
  markSelected();
  writeAddress();
}

export function showNote(key) {
  view.selected = { note: key };
  actions.renderPanel();
  openPanel();
  markSelected();
}

function openPanel() {
  byId("explain").classList.add("open");
}

/** The tour ends here too; whoever took it stands again where it began. */
export function closePanel() {
  byId("explain").classList.remove("open");
  const toured = view.tour !== null;
  view.selected = view.tour = null;
  actions.renderPanel();
  markSelected();
  if (toured) byId("tour").focus({ preventScroll: true });
}

export function markSelected() {
  for (const element of document.querySelectorAll(".token.selected")) element.classList.remove("selected");
  const s = view.selected;
  if (!s || s.token === null || s.token === undefined) return;
  const row = view.model && view.model.rows.get(s.key);
  if (!row) return;
  const found = document.querySelector(`.token[data-key="${CSS.escape(s.key)}"][data-token="${s.token}"]`);
  if (!found) return;
  found.classList.add("selected");
  stopAt(found.parentElement, found);
  // On a narrow screen the explanation covers the lower half.
  if (byId("explain").classList.contains("open") && window.matchMedia("(max-width: 71.99rem)").matches)
    found.scrollIntoView({ block: "nearest" });
}

/** The focus of the update before: the same completion from the top, the same token or the last one. */
export function focusToken({ completion, token }) {
  const key = [...view.model.rows.keys()][completion];
  const found = [...document.querySelectorAll(`.token[data-key="${CSS.escape(key)}"]`)];
  const same = found[Math.min(token, found.length - 1)];
  if (same) same.focus({ preventScroll: true });
}
