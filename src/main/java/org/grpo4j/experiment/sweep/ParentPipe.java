package org.grpo4j.experiment.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The bond between a process and the one that started it: a child reads a pipe that its parent
 * holds the other end of. At its end the parent is gone, however it went, and the child ends at
 * once; files of runs are whole at every moment.
 */
public final class ParentPipe {

  /** Environment variable of a process whose standard input is the pipe; any value. */
  public static final String ENVIRONMENT = "GRPO4J_PARENT";

  private ParentPipe() {}

  /**
   * Ends this process with {@code exitCode} when {@code pipe} ends. What comes through it is thrown
   * away.
   */
  public static void watch(InputStream pipe, int exitCode) {
    Thread watch =
        new Thread(
            () -> {
              try {
                pipe.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // no end of a pipe is left, then
              }
              Runtime.getRuntime().halt(exitCode);
            },
            "grpo4j-parent");
    watch.setDaemon(true);
    watch.start();
  }
}
