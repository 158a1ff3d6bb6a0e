package org.grpo4j.course.sandbox;

import java.io.Serial;

/**
 * The reason why a submission, or one call of it, has no result; its message is one readable line,
 * the kind in words and what happened.
 */
public final class SubmissionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private static final int MOST_CHARACTERS = 600;

  /** The kinds of failure. */
  public enum Kind {
    /** A file that the lab asks for is not there, or there are too many. */
    INCOMPLETE("is not complete"),
    /** The compiler refused it. */
    NOT_COMPILED("does not compile"),
    /** It refers to something that no lab needs. */
    REFUSED("not run"),
    /** A method is as the lab handed it out. */
    NOT_WRITTEN("not written yet"),
    /** An exception came out of it. */
    EXCEPTION("exception"),
    /** It calls itself without end. */
    RECURSION("endless recursion"),
    /** It gave no answer in time. */
    TIME("no answer"),
    /** It needs more memory than there is. */
    MEMORY("too much memory"),
    /** It printed too much. */
    OUTPUT("too much output"),
    /** Its process is gone. */
    ENDED("process ended"),
    /** The answer is no value of the kind asked for. */
    SHAPE("wrong shape");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  private final Kind kind;

  /**
   * @param kind what kind of thing happened
   * @param sentence what happened; control characters are taken out
   */
  SubmissionException(Kind kind, String sentence) {
    super(kind.label + ": " + PlainText.line(sentence, MOST_CHARACTERS), null, false, false);
    this.kind = kind;
  }

  /** The kind of thing that happened. */
  public Kind kind() {
    return kind;
  }
}
