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
  unpacked ??= Promise.all(["engine", "cold"].map(unpack)).catch(problem => {
    throw new Error("This browser cannot unpack the engine: " + problem);
  });
  return unpacked;
}

/** The answer of a worker that was stopped: nobody waits for it. */
export class Stopped extends Error {}

/** The policy file that the page carries; nothing if it carries none. */
export async function coldStart() {
  const [, cold] = await parts();
  return cold.byteLength ? new Int8Array(cold) : null;
}

/** What the engine says, and what to do about it. */
function sentence(message) {
  if (!/ is (NaN|-?Infinity)/.test(message)) return message;
  return (
    message +
    ". The run stands before that update: change what led there (a lower learning rate, another reward), or go back."
  );
}

/** A worker of its own, with the engine loaded; its calls are answered in order. */
export function startEngine() {
  try {
    return started();
  } catch (problem) {
    const call = () => Promise.reject(new Error("This browser cannot start the engine: " + problem));
    return { call, stop: () => {} };
  }
}

function started() {
  const { script } = JSON.parse(byId("worker").textContent);
  const source = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(source);
  const waiting = new Map();
  let count = 0;
  let dead = null;
  const end = problem => {
    dead = problem;
    for (const { reject } of waiting.values()) reject(problem);
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }) => {
    if (!waiting.has(data.id)) return;
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === undefined) resolve(data.result);
    else reject(new Error(sentence(data.error)));
  });
  worker.addEventListener("error", event =>
    end(new Error("The engine stopped; load the page again. " + (event.message || "This browser does not start it.")))
  );
  const ask = message =>
    new Promise((resolve, reject) => {
      if (dead) return reject(dead);
      const id = ++count;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...message });
    });
  const ready = parts().then(([wasm]) => ask({ wasm }));
  ready.catch(() => {}); // whoever calls is told
  return {
    call: (name, ...args) => ready.then(() => ask({ call: name, args })),
    stop: () => {
      end(new Stopped("stopped"));
      worker.terminate();
      URL.revokeObjectURL(source);
    }
  };
}
