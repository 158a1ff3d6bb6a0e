package org.grpo4j.course.sandbox;

import java.io.Serial;

/** A {@link SubmissionFailure} on its way to whoever asked; its message is one readable line. */
public final class SubmissionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient SubmissionFailure failure;

  SubmissionException(SubmissionFailure failure) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
  }

  /** The reason. */
  public SubmissionFailure failure() {
    return failure;
  }
}
