/* The engine: a worker with the trainer in it. The page only sends calls and waits, so it never freezes. */

import { byId } from "../../report/page/dom.js";

/** A worker of its own, with the engine loaded; its calls are answered in order. */
export function startEngine() {
  const { script } = JSON.parse(byId("worker").textContent);
  const source = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(source);
  const waiting = new Map();
  let count = 0;
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === undefined) resolve(data.result);
    else reject(new Error(data.error));
  });
  worker.addEventListener("error", event => {
    for (const { reject } of waiting.values()) reject(new Error("The engine stopped: " + event.message));
    waiting.clear();
  });
  const call = (name, ...args) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, call: name, args });
    });
  const ready = call("load", byId("engine").textContent, byId("cold").textContent);
  return {
    call: (name, ...args) => ready.then(() => call(name, ...args)),
    stop: () => {
      worker.terminate();
      URL.revokeObjectURL(source);
    }
  };
}
