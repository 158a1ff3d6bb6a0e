package org.grpo4j.playground.jdk.java.util;

/** {@link java.util.HexFormat} as far as it is used: two lower-case digits for each byte. */
public final class SmallHexFormat {

  private static final String DIGITS = "0123456789abcdef";

  private SmallHexFormat() {}

  /** The format without delimiters. */
  public static SmallHexFormat of() {
    return new SmallHexFormat();
  }

  /** All bytes, one after the other. */
  public String formatHex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 * bytes.length);
    for (byte one : bytes) {
      text.append(DIGITS.charAt((one >> 4) & 0xF)).append(DIGITS.charAt(one & 0xF));
    }
    return text.toString();
  }
}
