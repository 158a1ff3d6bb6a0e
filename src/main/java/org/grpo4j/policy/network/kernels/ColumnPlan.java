package org.grpo4j.policy.network.kernels;

import java.util.Arrays;

/**
 * The columns of a micro-batch: which token stands in which. First come the shared prompts,
 * position by position, each prompt once however many rows continue it; then the rows' own tokens,
 * step by step. Two prompts of three tokens, four rows that continue them by two:
 *
 * <pre>
 *            prompts                          rows' own tokens
 * position   0      1      2                  3               4
 * step                                        0               1
 * columns  |p0 p1 ·|p0 p1 ·|p0 p1 ·|        |r0 r1 r2 r3 ·|r0 r1 r2 r3 ·|
 *          |paddedPrompts  |                |paddedRows   |
 *          |promptColumns()        |
 *
 * column t * paddedPrompts + p                            token t of prompt p
 * column promptColumns() + s * paddedRows + r             token s of row r, at position start + s
 * </pre>
 *
 * <p>Prompts and rows are padded (the dots) to a multiple of {@link #LANES}, so that a vector holds
 * the same position of neighbouring rows; padding is token 0 and gets no gradient. In decoding the
 * prompts are read once and each later step is a plan without prompts.
 */
final class ColumnPlan {

  /** Floats of the widest vector register in use: 512 bits. */
  static final int LANES = 16;

  private static final int[] NONE = new int[0];

  final int promptLength;
  final int prompts;
  final int paddedPrompts;
  final int rows;
  final int paddedRows;
  final int start;
  final int steps;

  /** Positions the keys and values have room for. */
  final int capacity;

  final int[] promptOfRow;

  /** Token id of each column. */
  final int[] ids;

  /** The number of completion tokens that are drawn where a column is read. */
  final int[] scorings;

  /**
   * Experts that the columns of each layer are to go through, {@code [L][columns * k]}, -1 where
   * the router decides; empty if it decides everywhere.
   */
  int[][] given = new int[0][];

  private ColumnPlan(
      int promptLength, int prompts, int rows, int start, int steps, int capacity, int[] owner) {
    this.promptLength = promptLength;
    this.prompts = prompts;
    this.paddedPrompts = padded(prompts);
    this.rows = rows;
    this.paddedRows = padded(rows);
    this.start = start;
    this.steps = steps;
    this.capacity = capacity;
    this.promptOfRow = owner;
    this.ids = new int[promptColumns() + steps * paddedRows];
    this.scorings = new int[ids.length];
  }

  /** Prompts and the tokens behind them. */
  static ColumnPlan withPrompts(
      int promptLength, int prompts, int[] promptOfRow, int steps, int capacity) {
    return new ColumnPlan(
        promptLength, prompts, promptOfRow.length, promptLength, steps, capacity, promptOfRow);
  }

  /** {@code steps} tokens of each row from position {@code start} on. */
  static ColumnPlan rowsOnly(int rows, int start, int steps, int capacity) {
    return new ColumnPlan(0, 0, rows, start, steps, capacity, new int[0]);
  }

  /** The given experts of a layer; empty if the router decides everywhere. */
  int[] given(int layer) {
    return given.length == 0 ? NONE : given[layer];
  }

  int promptColumns() {
    return promptLength * paddedPrompts;
  }

  int columns() {
    return ids.length;
  }

  /** The first column whose logits can be asked for: the prompts' last tokens. */
  int firstScoredColumn() {
    return Math.max(0, promptColumns() - paddedPrompts);
  }

  /** Column of token {@code token} of prompt {@code prompt}. */
  int promptColumn(int prompt, int token) {
    return token * paddedPrompts + prompt;
  }

  /** Column of the row's own token {@code step}. */
  int rowColumn(int row, int step) {
    return promptColumns() + step * paddedRows + row;
  }

  /** Column whose logits are the distribution of completion token {@code token}. */
  int scoredColumn(int row, int token) {
    return token == 0 && promptLength > 0
        ? promptColumn(promptOfRow[row], promptLength - 1)
        : rowColumn(row, token - 1);
  }

  /** Whether a column belongs to no prompt and no row: what stands there means nothing. */
  boolean isPadding(int column) {
    return column < promptColumns()
        ? column % paddedPrompts >= prompts
        : (column - promptColumns()) % paddedRows >= rows;
  }

  /** Context position of a column. */
  int position(int column) {
    return column < promptColumns()
        ? column / paddedPrompts
        : start + (column - promptColumns()) / paddedRows;
  }

  private static int padded(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  @Override
  public String toString() {
    return prompts
        + " prompts of "
        + promptLength
        + ", "
        + rows
        + " rows of "
        + steps
        + " from position "
        + start
        + ": "
        + Arrays.toString(ids);
  }
}
