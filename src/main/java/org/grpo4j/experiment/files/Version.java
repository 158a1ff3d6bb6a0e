package org.grpo4j.experiment.files;

/** The version of this program. */
public final class Version {

  /** As in {@code pom.xml}; a test compares the two. */
  public static final String TEXT = "0.1.0-SNAPSHOT";

  private Version() {}
}
