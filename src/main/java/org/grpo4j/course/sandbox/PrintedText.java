package org.grpo4j.course.sandbox;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The place where a submission prints: keeps the beginning, stops who prints without end. */
final class PrintedText extends OutputStream {

  private static final int KEPT_BYTES = 4_000;

  private final byte[] kept = new byte[KEPT_BYTES];
  private final long most;
  private long count;

  PrintedText(long most) {
    this.most = most;
  }

  @Override
  public void write(int one) {
    if (count < kept.length) {
      kept[(int) count] = (byte) one;
    }
    count++;
    if (isTooMuch()) {
      throw new IllegalStateException(tooMuch());
    }
  }

  /** Forgets what was printed. */
  void clear() {
    count = 0;
  }

  boolean isTooMuch() {
    return count > most;
  }

  String tooMuch() {
    return "printed more than %,d bytes in one call".formatted(most);
  }

  /** The beginning of what was printed. */
  String text() {
    int length = (int) Math.min(count, kept.length);
    return new String(Arrays.copyOf(kept, length), StandardCharsets.UTF_8);
  }
}
