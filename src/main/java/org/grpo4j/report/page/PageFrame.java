package org.grpo4j.report.page;

import static org.grpo4j.report.plot.SvgText.escape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.report.plot.SvgText;

/**
 * Puts title, data, style and scripts into {@code page.html}, with a policy that allows no more.
 * All but title and data is the same for every run.
 */
public final class PageFrame {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** The script that starts the page; the others are those it imports, and those they import. */
  private static final String START = "app.js";

  private static final Pattern IMPORT =
      Pattern.compile("^import \\{([^}]*)\\} from \"\\./(\\w+\\.js)\";\n", Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export (?=(?:async )?(?:function|const) (\\w+))", Pattern.MULTILINE);

  /** The core compiled to JavaScript; a quick look at the page works without. */
  private static final String CORE = "core.js";

  private PageFrame() {}

  /**
   * The whole page.
   *
   * @param title plain text
   * @param json the data
   * @param connects whether the page may talk to the server it came from
   */
  static String page(String title, String json, boolean connects) {
    String style = required("style.css");
    String core = optional(CORE).orElse("/* built without the recomputing core */");
    String script = script();
    String policy =
        "default-src 'none'; script-src '%s' '%s'; style-src '%s'; %sbase-uri 'none'; form-action 'none'"
            .formatted(
                hash(core), hash(script), hash(style), connects ? "connect-src 'self'; " : "");
    Map<String, String> parts =
        Map.of(
            "policy", policy,
            "title", escape(title),
            "style", style,
            "data", embed(json),
            "core", core,
            "script", script);
    return fill(required("page.html"), parts);
  }

  /**
   * A page of the same style without data and scripts, which may load nothing and run nothing.
   *
   * @param title plain text
   * @param more style sheet on top of the report's
   * @param body markup
   */
  public static String still(String title, String more, String body) {
    String style = required("style.css") + more;
    Map<String, String> parts =
        Map.of(
            "policy",
            "default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(style)),
            "title",
            escape(title) + " - grpo4j",
            "style",
            style);
    String frame = required("page.html");
    String head = frame.substring(0, frame.indexOf("<body>"));
    return fill(head, parts) + "<body>\n" + body + "</body>\n</html>\n";
  }

  /** Places are those of the frame; what is put into them is not looked at again. */
  private static String fill(String frame, Map<String, String> parts) {
    StringBuilder page = new StringBuilder(frame.length());
    Matcher place = PLACE.matcher(frame);
    int end = 0;
    while (place.find()) {
      String part = parts.get(place.group(1));
      if (part == null) {
        throw new IllegalStateException("page.html: nothing to put in place of " + place.group());
      }
      page.append(frame, end, place.start()).append(part);
      end = place.end();
    }
    return page.append(frame, end, frame.length()).toString();
  }

  /** JSON in which nothing can end a script element: these characters occur in strings only. */
  static String embed(String json) {
    StringBuilder safe = new StringBuilder(json.length() + 64);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<' -> safe.append("\\u003c");
        case '>' -> safe.append("\\u003e");
        case '&' -> safe.append("\\u0026");
        case '\u2028' -> safe.append("\\u2028");
        case '\u2029' -> safe.append("\\u2029");
        default -> safe.append(SvgText.isHalf(json, i) ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }

  private static String hash(String text) {
    byte[] digest = AtomicFiles.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  /**
   * All scripts as one. A page that opens from disk cannot import files, so each of these modules
   * becomes a function that has its imports as constants and returns its exports; a module stands
   * behind those it imports.
   */
  private static String script() {
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

  private static String required(String name) {
    return optional(name).orElseThrow(() -> new IllegalStateException("missing resource " + name));
  }

  private static Optional<String> optional(String name) {
    try (InputStream stream = PageFrame.class.getResourceAsStream(name)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(
              new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }
}
