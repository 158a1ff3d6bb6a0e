package org.grpo4j.policy;

/**
 * A parameter block with its shape.
 *
 * @param block the block
 * @param rowLength how many of its parameters make a row, or a column where the matrix is stored by
 *     columns; its size if it is no matrix
 */
public record ParameterMatrix(ParameterBlock block, int rowLength) {

  /** Whether it has more than one row and more than one column. */
  public boolean isMatrix() {
    return rowLength > 1 && rowLength < block.size();
  }

  /** The largest rank that such a matrix can have. */
  public int fullRank() {
    return Math.min(rowLength, block.size() / rowLength);
  }
}
