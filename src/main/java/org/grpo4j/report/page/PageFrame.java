package org.grpo4j.report.page;

import static org.grpo4j.report.plot.SvgText.escape;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.experiment.files.AtomicFiles;
import org.grpo4j.report.plot.SvgText;

/**
 * Puts title, data, style and scripts into {@code page.html}, with a policy that allows no more.
 * All but title and data is the same for every run.
 */
public final class PageFrame {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** The core compiled to JavaScript; a quick look at the page works without. */
  private static final String CORE = "report/page/core.js";

  private PageFrame() {}

  /**
   * The whole page.
   *
   * @param title plain text
   * @param json the data
   * @param connects whether the page may talk to the server it came from
   */
  static String page(String title, String json, boolean connects) {
    return page(
        PageScripts.required("report/page/page.html"),
        title,
        json,
        "",
        PageScripts.bundle("report/page/app.js"),
        connects ? "; connect-src 'self'" : "",
        Map.of());
  }

  /**
   * A page of the same style and with the same core, in a frame of its own.
   *
   * @param frame HTML with the places {@code {{policy}}}, {@code {{title}}}, {@code {{style}}},
   *     {@code {{data}}}, {@code {{core}}} and {@code {{script}}}
   * @param title plain text
   * @param json the data
   * @param more style sheet on top of the report's
   * @param script what starts the page, as {@link PageScripts#bundle} makes it
   * @param allowed what the policy allows beside the scripts and the style of the file: directives,
   *     each after a semicolon, or a source of scripts
   * @param others what stands in the other places of the frame, as it is
   */
  public static String page(
      String frame,
      String title,
      String json,
      String more,
      String script,
      String allowed,
      Map<String, String> others) {
    String style = PageScripts.required("report/page/style.css") + more;
    String core = PageScripts.optional(CORE).orElse("/* built without the recomputing core */");
    String policy =
        "default-src 'none'; script-src '%s' '%s'%s; style-src '%s'; base-uri 'none'; form-action 'none'"
            .formatted(hash(core), hash(script), allowed, hash(style));
    Map<String, String> parts = new HashMap<>(others);
    parts.put("policy", policy);
    parts.put("title", escape(title));
    parts.put("style", style);
    parts.put("data", embed(json));
    parts.put("core", core);
    parts.put("script", script);
    return fill(frame, parts);
  }

  /**
   * A page of the same style without data and scripts, which may load nothing and run nothing.
   *
   * @param title plain text
   * @param more style sheet on top of the report's
   * @param body markup
   */
  public static String still(String title, String more, String body) {
    String style = PageScripts.required("report/page/style.css") + more;
    Map<String, String> parts =
        Map.of(
            "policy",
            "default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(style)),
            "title",
            escape(title) + " - grpo4j",
            "style",
            style);
    String frame = PageScripts.required("report/page/page.html");
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
        throw new IllegalStateException(
            "the frame has nothing to put in place of " + place.group());
      }
      page.append(frame, end, place.start()).append(part);
      end = place.end();
    }
    return page.append(frame, end, frame.length()).toString();
  }

  /** JSON in which nothing can end a script element: these characters occur in strings only. */
  public static String embed(String json) {
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
}
