package org.grpo4j.policy.network;

/**
 * Puts a trained trunk under another head. The head is the last layer: gain and bias of its layer
 * norm, which count as trunk here, then the weights, one row of the width for each output, then one
 * bias for each.
 */
final class HeadTransfer {

  private HeadTransfer() {}

  /**
   * Copies the trunk and, into a head of more outputs, the outputs both have. A head of fewer keeps
   * what it was drawn with.
   *
   * @param given parameters of a network of kind {@code from}
   * @param copied those of a network of kind {@code to}, to be overwritten
   */
  static void copy(NetworkKind from, double[] given, NetworkKind to, double[] copied) {
    int width = from.shape().width();
    int trunk = given.length - from.outputs() * (width + 1);
    System.arraycopy(given, 0, copied, 0, trunk);
    if (to.outputs() >= from.outputs()) {
      int outputs = from.outputs();
      System.arraycopy(given, trunk, copied, trunk, outputs * width);
      int givenBias = trunk + outputs * width;
      int copiedBias = trunk + to.outputs() * width;
      System.arraycopy(given, givenBias, copied, copiedBias, outputs);
    }
  }
}
