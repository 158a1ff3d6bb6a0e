package org.grpo4j.experiment.files;

import java.util.Optional;

/**
 * The state of a file of a run, compared with what the ledger says about it.
 *
 * @param file its path within the run directory, with slashes
 * @param state its state
 * @param line the first line that is lost or another, from 1; 0 if there is none
 * @param acceptedAt when somebody accepted it as it is, by {@code check --accept}; empty if it is
 *     as the run wrote it
 */
public record FileCheck(String file, State state, int line, Optional<String> acceptedAt) {

  /** The state of a file. */
  public enum State {
    /** As it was written. */
    WHOLE,
    /** It ends before its end. */
    CUT,
    /** It has other contents. */
    CHANGED,
    /** It is not there. */
    MISSING,
    /** A link, or no file at all: it is not read. */
    LINK,
    /** The run has not written it. */
    FOREIGN,
    /** A killed writer left it; resuming removes it. */
    DRAFT,
    /** A damaged checkpoint that a resumed run did not use, and put aside. */
    SET_ASIDE;

    /** Whether there is nothing wrong. */
    public boolean isGood() {
      return this == WHOLE || this == DRAFT || this == SET_ASIDE;
    }
  }

  /** The state in words, such as {@code changed at line 7}. */
  public String words() {
    String at = line > 0 ? " at line " + line : "";
    return switch (state) {
      case WHOLE -> "whole" + acceptedAt.map(time -> ", accepted as it is on " + time).orElse("");
      case CUT -> "cut" + at;
      case CHANGED -> "changed" + at;
      case MISSING -> "missing";
      case LINK -> "a link or no file";
      case FOREIGN -> "foreign";
      case DRAFT -> "left by a killed writer";
      case SET_ASIDE -> "damaged, set aside";
    };
  }
}
