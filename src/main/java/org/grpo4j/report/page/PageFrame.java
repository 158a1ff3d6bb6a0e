package org.grpo4j.report.page;

import static org.grpo4j.report.plot.SvgText.escape;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.report.plot.SvgText;

/**
 * Puts title, data, style and scripts into {@code page.html}, with a policy that allows no more.
 */
public final class PageFrame {

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private PageFrame() {}

  /**
   * The whole page.
   *
   * @param title plain text
   * @param json the data
   * @param connects whether the page may talk to the server it came from
   */
  static String page(String title, String json, boolean connects) {
    String style = PageResources.style();
    String core = PageResources.core();
    String script = PageResources.script();
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
    return fill(PageResources.frame(), parts);
  }

  /**
   * A page of the same style without data and scripts, which may load nothing and run nothing.
   *
   * @param title plain text
   * @param more style sheet on top of the report's
   * @param body markup
   */
  public static String still(String title, String more, String body) {
    String style = PageResources.style() + more;
    Map<String, String> parts =
        Map.of(
            "policy",
            "default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(style)),
            "title",
            escape(title) + " - grpo4j",
            "style",
            style);
    String frame = PageResources.frame();
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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
