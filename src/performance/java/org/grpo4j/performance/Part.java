package org.grpo4j.performance;

import java.io.IOException;

/** A part of the measurements, with a file and tables of its own. */
interface Part {

  /**
   * Measures everything.
   *
   * @throws IOException if a program fails
   */
  void measure(Session session) throws IOException, InterruptedException;
}
