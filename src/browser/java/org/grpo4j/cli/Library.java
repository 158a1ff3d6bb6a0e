package org.grpo4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Scripts of others that tests of the page use; Maven puts them on the class path. */
final class Library {

  private static final String PRETTIER = "META-INF/resources/webjars/prettier/3.6.2/";

  private Library() {}

  /** A script, as text. */
  static String text(String name) {
    String resource = name.replaceFirst("^prettier/", PRETTIER);
    try (InputStream in = Library.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is missing: it is a dependency of the Maven profile browser");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
