package org.grpo4j.policy;

/**
 * Token-by-token continuation of a number of rows, with the state of what was read so far (the
 * key-value cache of a transformer). Used by one thread.
 *
 * <pre>{@code
 * try (Decoding decoding = model.startDecoding(prompts, 8)) {
 *   for (int t = 0; t < maxNewTokens; t++) {
 *     decoding.logits(row, logits);   // for every row: choose tokens[row]
 *     decoding.advance(tokens);
 *   }
 * }
 * }</pre>
 */
public interface Decoding extends AutoCloseable {

  /** Number of rows. */
  int rows();

  /** Writes the logits of row {@code row}'s next token, {@code [V]}, into {@code into}. */
  void logits(int row, double[] into);

  /** Appends one token to every row, {@code [rows]}; finished rows take any token. */
  void advance(int[] tokens);

  @Override
  void close();
}
