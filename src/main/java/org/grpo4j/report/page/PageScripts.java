package org.grpo4j.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scripts of a page as one. A page that opens from disk cannot import files, so each module
 * becomes a function that has its imports as constants and returns its exports; a module stands
 * behind those it imports. Modules are resources, called by their path below {@code org/grpo4j}:
 * {@code report/page/dom.js}.
 */
public final class PageScripts {

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import \\{([^}]*)\\} from \"(\\.{1,2}/[\\w./-]+\\.js)\";\n", Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export (?=(?:async )?(?:function|const|class) (\\w+))", Pattern.MULTILINE);

  private PageScripts() {}

  /**
   * A module with those it imports, and those they import.
   *
   * @param start the module that starts the page
   * @throws IllegalStateException if a module is missing or imports itself by way of others
   */
  public static String bundle(String start) {
    Map<String, String> modules = new LinkedHashMap<>();
    addModule(start, modules, List.of());
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
    IMPORT
        .matcher(text)
        .results()
        .forEach(one -> addModule(beside(name, one.group(2)), modules, path));
    List<String> exports = EXPORT.matcher(text).results().map(one -> one.group(1)).toList();
    String body =
        IMPORT
            .matcher(text)
            .replaceAll(
                one ->
                    "const {%s} = modules[\"%s\"];\n"
                        .formatted(one.group(1), beside(name, one.group(2))));
    modules.put(
        name,
        "modules[\"%s\"] = (() => {\n%sreturn { %s };\n})();\n\n"
            .formatted(name, EXPORT.matcher(body).replaceAll(""), String.join(", ", exports)));
  }

  /** The module that another one means with a relative path. */
  private static String beside(String name, String path) {
    return URI.create(name).resolve(path).toString();
  }

  /** The text of a resource below {@code org/grpo4j}. */
  public static String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException("missing resource " + name));
  }

  static Optional<String> optional(String name) {
    try (InputStream stream = PageScripts.class.getResourceAsStream("/org/grpo4j/" + name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(
              new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
