/* The panel that explains what is selected. */

import { byId, h, replace } from "./dom.js";
import { numberPanel } from "./explanation.js";
import { noteText } from "./notes.js";
import { closePanel } from "./selection.js";
import { tourStep } from "./tour.js";
import { view } from "./view.js";

export function renderPanel() {
  const panel = byId("explain");
  if (!panel) return;
  const s = view.selected;
  const close = h("button.close", { "aria-label": "Close", click: closePanel }, "×");
  const row = s && s.key && view.model ? view.model.rows.get(s.key) : null;
  panel.dataset.empty = s ? "no" : "yes";
  if (s && s.note) {
    replace(panel, close, tourStep(), h("p.crumbs", "Note"), noteText(s.note));
  } else if (s && s.build) {
    replace(panel, close, tourStep(), s.build());
  } else if (row) {
    replace(panel, close, tourStep(), numberPanel(s, row));
  } else {
    replace(panel, emptyPanel());
  }
}

function emptyPanel() {
  return [
    h("h3", "Where does a number come from?"),
    h(
      "p",
      "Click any number or any token. Its formula appears here with the numbers filled in, and below it everything it was computed from, down to rewards and log-probabilities."
    ),
    h("p.quiet", "Question marks lead to notes on what most often puzzles readers.")
  ];
}
