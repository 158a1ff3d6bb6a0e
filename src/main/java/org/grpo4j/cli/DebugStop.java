package org.grpo4j.cli;

/**
 * The place for the first breakpoint of {@code replay --debug}: it is reached once, when everything
 * stands as it did before the update. Breakpoints in the trainer that are set from here on stop in
 * that update and in none of those that were done again on the way to it.
 */
final class DebugStop {

  private DebugStop() {}

  /**
   * Returns its argument, so that there is a line to stop at.
   *
   * @param update the update that comes now
   */
  static int beforeUpdate(int update) {
    return update;
  }
}
