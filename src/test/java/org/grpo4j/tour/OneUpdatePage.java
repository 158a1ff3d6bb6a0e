package org.grpo4j.tour;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/one-update.md}: the words are written by hand, the blocks between {@code <!-- stop 1
 * -->} and {@code <!-- /stop 1 -->} by the tour.
 */
final class OneUpdatePage {

  static final Path FILE = Path.of("docs/one-update.md");

  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+(?:[eE]-?\\d+)?");

  /** The last digits of what a network computes differ from processor to processor. */
  private static final MathContext SHOWN = new MathContext(6);

  private OneUpdatePage() {}

  /** The page with these values at each stop and what the program printed at the end. */
  static String filledIn(String page, List<List<String>> values, String output) throws IOException {
    String filled = page;
    for (int s = 0; s < OneUpdateTour.STOPS.size(); s++) {
      String name = "stop " + (s + 1);
      filled = fill(filled, name, block(OneUpdateTour.STOPS.get(s), values.get(s)));
    }
    int from = output.indexOf("group 0 of update");
    int to = output.indexOf("The application");
    String printed = "```text\n" + output.substring(from, to).strip() + "\n```\n";
    return fill(filled, "output", printed.replace("\r\n", "\n"));
  }

  private static String fill(String page, String name, String block) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->\n";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    if (from < begin.length() || to < from) {
      throw new AssertionError(FILE + ": no place for " + name);
    }
    return page.substring(0, from) + block + page.substring(to);
  }

  private static String block(Stop stop, List<String> values) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("Break in `").append(stop.place()).append("` at [`").append(stop.code());
    text.append("`](../").append(stop.file()).append("#L").append(stop.line()).append(")");
    if (!stop.condition().isEmpty()) {
      text.append(", condition `").append(stop.condition()).append("`");
    }
    if (stop.hits() > 1) {
      text.append(" (").append(ordinal(stop.hits())).append(" time from here)");
    }
    text.append(".\n\n| look at | value |\n|---|---|\n");
    for (int i = 0; i < values.size(); i++) {
      text.append("| `").append(stop.expressions().get(i)).append("` | ");
      text.append(cell(values.get(i))).append(" |\n");
    }
    return text.toString();
  }

  private static String ordinal(int number) {
    return switch (number) {
      case 2 -> "2nd";
      case 3 -> "3rd";
      default -> number + "th";
    };
  }

  /** Tables of several lines one below the other. */
  private static String cell(String value) {
    StringBuilder text = new StringBuilder();
    for (String line : value.lines().toList()) {
      text.append(text.isEmpty() ? "`" : "<br>`").append(shortened(line)).append('`');
    }
    return text.toString();
  }

  /** Every decimal number to six significant digits. */
  private static String shortened(String text) {
    Matcher number = DECIMAL.matcher(text);
    StringBuilder rewritten = new StringBuilder();
    while (number.find()) {
      number.appendReplacement(rewritten, Matcher.quoteReplacement(shortened(number)));
    }
    return number.appendTail(rewritten).toString();
  }

  private static String shortened(Matcher number) {
    BigDecimal rounded = new BigDecimal(number.group()).round(SHOWN).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    boolean plain = rounded.signum() == 0 || (exponent >= -4 && exponent <= 8);
    return plain ? rounded.toPlainString() : rounded.toString().replace("E", "e");
  }
}
