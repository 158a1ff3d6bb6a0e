package org.grpo4j.playground;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.grpo4j.experiment.files.Json;
import org.grpo4j.experiment.files.Manifest;
import org.grpo4j.report.page.PageFrame;
import org.grpo4j.report.page.PageScripts;
import org.grpo4j.report.page.WhatIfJson;

/**
 * The playground as one HTML file, which opens from disk and asks nobody for anything. Its policy
 * allows the scripts and the style of the file, WebAssembly, and workers made of the file's own
 * text.
 */
public final class PlaygroundPage {

  private static final String PAGE = "playground/page/";

  /** Sources that the policy allows beyond the file's own scripts and style. */
  private static final String ALLOWED = " 'wasm-unsafe-eval'; worker-src blob:";

  private PlaygroundPage() {}

  /**
   * The page around the engine that the build has made.
   *
   * @param coldStart the policy from which think-add begins, a policy file; empty for none
   * @throws IllegalStateException if it has made none
   */
  public static String made(byte[] coldStart) {
    byte[] runtime = resource("engine-runtime.js").orElseThrow(PlaygroundPage::notMade);
    byte[] module = resource("engine.wasm").orElseThrow(PlaygroundPage::notMade);
    return of(new String(runtime, StandardCharsets.UTF_8), module, coldStart);
  }

  private static IllegalStateException notMade() {
    return new IllegalStateException(
        "the engine of the playground is missing: ./mvnw -Pplayground package makes it");
  }

  private static Optional<byte[]> resource(String name) {
    try (InputStream in = PlaygroundPage.class.getResourceAsStream("page/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }

  /**
   * The whole page around an engine.
   *
   * @param runtime the script that loads a module of TeaVM's
   * @param module the engine, WebAssembly
   * @param coldStart the policy from which think-add begins, a policy file; empty for none
   */
  public static String of(String runtime, byte[] module, byte[] coldStart) {
    ObjectNode data = Json.object();
    data.put("schema", 1);
    data.put("program", "grpo4j " + Manifest.VERSION);
    data.set("choices", WhatIfJson.choices());
    data.putArray("runs");
    String worker =
        "function teavmRuntime(Function) {\n%s\n}\n%s"
            .formatted(runtime, PageScripts.bundle(PAGE + "worker.js"));
    return PageFrame.page(
        PageScripts.required(PAGE + "playground.html"),
        "Playground - grpo4j",
        Json.line(data),
        PageScripts.required(PAGE + "playground.css") + PageScripts.required(PAGE + "stage.css"),
        PageScripts.bundle(PAGE + "playground.js"),
        ALLOWED,
        Map.of(
            "worker", PageFrame.embed(Json.line(Json.object().put("script", worker))),
            "engine", packed(module),
            "cold", packed(coldStart)));
  }

  /** Base64 of the gzip, which no element ends early. */
  private static String packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot pack the engine", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }
}
