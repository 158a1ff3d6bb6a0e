/* What leaves the page, and what is brought: a run directory, a policy file. */

import { byId, h } from "../../report/page/dom.js";
import { attempt, beginWith, mainSide } from "./lab.js";
import { packRun } from "./rundirectory.js";

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
        title: "The updates since the settings last changed, as a run directory: explain, report and replay read it"
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
  return attempt(async () => {
    const said = byId("said");
    const side = mainSide();
    const tell = (now, all) => (said.textContent = `Packing update ${now} of ${all}`);
    const { name, zip } = await side.enqueue(() => packRun(side, tell));
    download(new Blob([zip], { type: "application/zip" }), name);
    said.textContent = `Saved ${name}`;
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
