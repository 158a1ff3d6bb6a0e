/* The engine: a worker with the trainer in it. The page only sends calls and waits, so it never freezes. */

import { byId } from "../../report/page/dom.js";

async function unpack(id) {
  const packed = Uint8Array.from(atob(byId(id).textContent), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

let unpacked = null;

/** The module and the policies to begin with, unpacked once for all workers. */
function parts() {
  unpacked ??= Promise.all(["engine", "cold"].map(unpack));
  return unpacked;
}

/** The policy file that the page carries; nothing if it carries none. */
export async function coldStart() {
  const [, cold] = await parts();
  return cold.byteLength ? new Int8Array(cold) : null;
}

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
  const ask = message =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...message });
    });
  const ready = parts().then(([wasm]) => ask({ wasm }));
  return {
    call: (name, ...args) => ready.then(() => ask({ call: name, args })),
    stop: () => {
      worker.terminate();
      URL.revokeObjectURL(source);
    }
  };
}
