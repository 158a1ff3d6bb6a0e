package org.grpo4j.playground;

/** Scripts that start the worker of the page as the page itself does, and call it. */
final class WorkerScript {

  private static final String BEGIN =
      """
        const text = id => document.getElementById(id).textContent;
        const bytes = packed => Uint8Array.from(atob(packed), c => c.charCodeAt(0));
        const wasm = await new Response(
            new Blob([bytes(text("engine"))]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
        const { script } = JSON.parse(text("worker"));
        const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
        const ask = message => new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => data.error ? reject(new Error(data.error)) : resolve(data.result);
          worker.postMessage(message);
        });
        const call = (name, ...args) => ask({ id: 1, call: name, args });
        const begin = (settings, start) =>
          call("begin", JSON.parse(settings), start ? new Int8Array(bytes(start)) : null);
        await ask({ id: 0, wasm });
      """;

  private WorkerScript() {}

  /**
   * A function of these parameters.
   *
   * @param body gives {@code result} a value; has {@code begin(settings, file)} with the settings
   *     as JSON and the file in base64 or empty, and {@code call(name, ...)}
   */
  static String of(String parameters, String body) {
    return "async ("
        + parameters
        + ") => {\n"
        + BEGIN
        + "let result = null;\n"
        + body
        + "worker.terminate();\nreturn JSON.stringify(result);\n}";
  }
}
