package org.grpo4j.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of the page that are the same for every run. */
final class PageResources {

  /** The script that starts the page; the others are those it imports, and those they import. */
  private static final String START = "app.js";

  private static final Pattern IMPORT =
      Pattern.compile("^import \\{([^}]*)\\} from \"\\./(\\w+\\.js)\";\n", Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export (?=(?:async )?(?:function|const) (\\w+))", Pattern.MULTILINE);

  /** The core compiled to JavaScript; a quick look at the page works without. */
  private static final String CORE = "core.js";

  private PageResources() {}

  static String frame() {
    return required("page.html");
  }

  static String style() {
    return required("style.css");
  }

  /**
   * All scripts as one. A page that opens from disk cannot import files, so each of these modules
   * becomes a function that has its imports as constants and returns its exports; a module stands
   * behind those it imports.
   */
  static String script() {
    Map<String, String> modules = new LinkedHashMap<>();
    addModule(START, modules, List.of());
    return "(() => {\n\"use strict\";\nconst modules = {};\n"
        + String.join("", modules.values())
        + "})();\n";
  }

  private static void addModule(String name, Map<String, String> modules, List<String> importedBy) {
    if (importedBy.contains(name)) {
      throw new IllegalStateException(name + " imports itself, by way of " + importedBy);
    }
    if (modules.containsKey(name)) {
      return;
    }
    String text = required(name);
    List<String> path = Stream.concat(importedBy.stream(), Stream.of(name)).toList();
    IMPORT.matcher(text).results().forEach(one -> addModule(one.group(2), modules, path));
    List<String> exports = EXPORT.matcher(text).results().map(one -> one.group(1)).toList();
    String body =
        EXPORT
            .matcher(IMPORT.matcher(text).replaceAll("const {$1} = modules[\"$2\"];\n"))
            .replaceAll("");
    modules.put(
        name,
        "modules[\"%s\"] = (() => {\n%sreturn { %s };\n})();\n\n"
            .formatted(name, body, String.join(", ", exports)));
  }

  /** The script that recomputes; a comment if this build has none. */
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
