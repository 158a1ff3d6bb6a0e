/* What leaves the page, and what is brought: a run directory, a policy file. */

import { byId, h } from "../../report/page/dom.js";
import { beginWith, pause } from "./lab.js";
import { MOST_PACKED, packRun } from "./rundirectory.js";
import { attempt, mainSide } from "./state.js";

/** Buttons for it. */
export function fileButtons() {
  const pick = h("input#policy-file", {
    type: "file",
    testid: "policy-file",
    change: event => bring(event.target.files[0])
  });
  return h(
    "div.files",
    h(
      "button#save-policy",
      { testid: "save-policy", click: savePolicy, title: "The policy as it is now" },
      "Save policy"
    ),
    h(
      "button#save-run",
      {
        testid: "save-run",
        click: saveRun,
        title: `The updates since the settings last changed, ${MOST_PACKED} at most, as a run directory: explain, report and replay read it`
      },
      "Save run"
    ),
    h("label", { title: "A checkpoint's policy file, also dropped anywhere on the page" }, pick, "Begin with a file …")
  );
}

/** The policy as it is now, as a checkpoint of a run directory has it. */
function savePolicy() {
  return attempt(async () => {
    const side = mainSide();
    const { file, updatesDone } = await side.enqueue(() => side.engine.call("checkpoint"));
    const name = side.settings.model === "table" ? "tabular-policy.bin" : "plain-network.bin";
    download(new Blob([file]), `update-${String(updatesDone).padStart(6, "0")}-${name}`);
  });
}

function saveRun() {
  pause();
  return attempt(async () => {
    const side = mainSide();
    const tell = (now, all) => (byId("save-run").textContent = `Packing ${now} of ${all}`);
    const { name, zip, from, to } = await side.enqueue(() =>
      packRun(side, tell).finally(() => side.engine.call("seek", side.done))
    );
    download(new Blob([zip], { type: "application/zip" }), name);
    byId("said").textContent = `Saved ${name}, updates ${from} to ${to}`;
  });
}

function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function bring(file) {
  if (!file) return;
  await beginWith(new Int8Array(await file.arrayBuffer()));
  byId("said").textContent = `Begins with ${file.name}`;
}

/** A file that is let go over the page. */
export function listenToDrops() {
  document.addEventListener("dragover", event => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", event => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    bring(event.dataTransfer.files[0]);
  });
}
