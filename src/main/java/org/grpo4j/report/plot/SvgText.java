package org.grpo4j.report.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Text of SVG and HTML: escaped, and with numbers that do not depend on a locale. */
public final class SvgText {

  /** A drawing on its own is shown somewhat larger than its coordinates. */
  private static final double ENLARGED = 1.5;

  private SvgText() {}

  /** {@code text} as it may stand between tags and in quoted attributes. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isNoCharacter(c) || isHalf(text, i) ? '\uFFFD' : c);
      }
    }
    return escaped.toString();
  }

  /** Whether XML has no such character, not even escaped. */
  private static boolean isNoCharacter(char c) {
    return (c < ' ' && c != '\n' && c != '\t') || c >= '\uFFFE';
  }

  /** Whether the character at a place is half of one: a surrogate alone, which no file can hold. */
  public static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : Character.isLowSurrogate(c)
            && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /** A number with at most four decimals and no trailing zeros: {@code 0.25}, {@code 12}. */
  public static String number(double value) {
    return rounded(value, 4);
  }

  /** A pixel with one decimal. */
  static String pixel(double value) {
    return rounded(value, 1);
  }

  private static String rounded(double value, int decimals) {
    BigDecimal rounded =
        new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  static String line(double x1, double y1, double x2, double y2, String classes) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"/>\n"
        .formatted(pixel(x1), pixel(y1), pixel(x2), pixel(y2), classes);
  }

  static String dot(double x, double y, double radius, int colour) {
    return "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"%s\"/>\n"
        .formatted(pixel(x), pixel(y), pixel(radius), Palette.fill(colour));
  }

  /** Text at a place; {@code anchor} is {@code start}, {@code middle} or {@code end}. */
  static String text(double x, double y, String anchor, String classes, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>\n"
        .formatted(pixel(x), pixel(y), anchor, classes, escape(text));
  }

  /**
   * A drawing without a frame.
   *
   * @param body elements of SVG
   * @param height pixels it takes
   */
  record Drawing(String body, int height) {}

  /** A whole drawing; {@code description} is what a screen reader says. */
  static String drawing(
      int width, int height, String description, String body, boolean standalone) {
    String size =
        standalone
            ? " width=\"" + ENLARGED * width + "\" height=\"" + ENLARGED * height + "\""
            : "";
    return """
    <svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 %1$s %2$s"%3$s role="img">
    <title>%4$s</title>
    %5$s<rect class="paper" width="%1$s" height="%2$s"/>
    %6$s</svg>
    """
        .formatted(
            width,
            height,
            size,
            escape(description),
            standalone ? "<style>\n" + Palette.CSS + "</style>\n" : "",
            body);
  }
}
