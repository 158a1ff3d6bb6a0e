package org.grpo4j.report.page;

import java.io.IOException;

/** A request that gets a status and a sentence in place of what it asked for. */
final class RefusedRequestException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP
   * @param sentence what is wrong, for a person
   */
  RefusedRequestException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
