package org.grpo4j.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The parts of the page that are the same for every run. */
final class PageResources {

  /** In the order in which they may use each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "data.js",
          "notes.js",
          "charts.js",
          "quantities.js",
          "model.js",
          "formulas.js",
          "panel.js",
          "whatif.js",
          "update.js",
          "curves.js",
          "app.js");

  /** The core compiled to JavaScript; a quick look at the page works without. */
  private static final String CORE = "core.js";

  private PageResources() {}

  static String frame() {
    return required("page.html");
  }

  static String style() {
    return required("style.css");
  }

  /** All scripts as one, in a scope of its own. */
  static String script() {
    StringBuilder script = new StringBuilder("(() => {\n\"use strict\";\n");
    for (String name : SCRIPTS) {
      script.append("\n/* ---- ").append(name).append(" ---- */\n").append(required(name));
    }
    return script.append("})();\n").toString();
  }

  /** What recomputes; a comment if this build has none. */
  static String core() {
    return optional(CORE).orElse("/* built without the recomputing core */");
  }

  private static String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException("missing resource " + name));
  }

  private static Optional<String> optional(String name) {
    try (InputStream stream = PageResources.class.getResourceAsStream(name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(
              new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
