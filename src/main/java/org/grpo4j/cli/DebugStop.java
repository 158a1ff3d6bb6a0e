package org.grpo4j.cli;

/**
 * The stop of {@code replay --debug}: it is reached once, when everything stands as it did before
 * the update. The debugger's door opens only here ({@link DebuggedProcess}), so breakpoints stop in
 * that update and in none of those that were done again on the way to it.
 */
final class DebugStop {

  /** The exception the JVM waits for: when it is thrown, all halts until a debugger continues. */
  static final class Reached extends RuntimeException {

    private static final long serialVersionUID = 1;

    private Reached(int update) {
      super("before update " + update);
    }
  }

  private DebugStop() {}

  /**
   * Stops, and returns its argument when the debugger goes on.
   *
   * @param update the update that comes now
   */
  static int beforeUpdate(int update) {
    try {
      throw new Reached(update);
    } catch (Reached stopped) {
      return update;
    }
  }
}
