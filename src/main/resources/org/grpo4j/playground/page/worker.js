/*
 * The worker: an engine compiled to WebAssembly, asked one call at a time. The first message brings the engine, each
 * other one {id, call, args}; the answer is {id, result} or {id, error}.
 */

import { KnownFunction } from "./functions.js";

const CALLS = ["begin", "change", "update", "seek", "evaluate", "think", "checkpoint", "extent", "files"];

/** Browsers that have it. */
const NEEDS = " (Chromium 119, Firefox 120, Safari 18.2 or later): ";

let engine = null;

async function start(wasm) {
  teavmRuntime(KnownFunction); // the runtime of the compiler, which the page puts in front of this script
  const loaded = await globalThis.TeaVM.wasmGC.load(new Uint8Array(wasm));
  engine = loaded.exports;
}

function answer(call, given) {
  if (!CALLS.includes(call)) return { error: "call: must be one of " + CALLS.join(", ") + ", got " + call };
  try {
    const result = engine[call](...given);
    return result.error ? { error: result.error } : { result };
  } catch (problem) {
    return { error: String(problem && problem.message ? problem.message : problem) };
  }
}

onmessage = async event => {
  const { id, call, args, wasm } = event.data;
  if (!wasm) return postMessage({ id, ...answer(call, args) });
  try {
    await start(wasm);
    postMessage({ id, result: {} });
  } catch (problem) {
    postMessage({
      id,
      error: "This browser cannot run the engine, which needs WebAssembly with garbage collection" + NEEDS + problem
    });
  }
};
