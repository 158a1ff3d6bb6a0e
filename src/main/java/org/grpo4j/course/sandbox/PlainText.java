package org.grpo4j.course.sandbox;

/**
 * Text that comes from a submission, made safe to print: no control characters (which could move
 * the cursor or colour a verdict), no characters that reverse the direction of writing, and an end.
 */
public final class PlainText {

  private PlainText() {}

  /** The text on one line of at most {@code most} characters. */
  public static String line(String text, int most) {
    return cut(clean(text.replaceAll("\\s+", " ")).strip(), most);
  }

  /** The text with its line feeds, at most {@code most} characters. */
  public static String lines(String text, int most) {
    return cut(clean(text), most);
  }

  private static String clean(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}&&[^\n]]", "\uFFFD");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
