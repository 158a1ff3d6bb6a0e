package org.grpo4j.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One stop of the breakpoint tour. The line is found by its text.
 *
 * @param type the class, without {@code org.grpo4j}
 * @param method the method of the line
 * @param code text that only this line of the file contains
 * @param hits how often the line is reached, counted from the stop before, until this is it
 * @param condition what to enter as the breakpoint's condition instead of counting; empty for none
 * @param expressions what to look at
 */
record Stop(
    String type, String method, String code, int hits, String condition, List<String> expressions) {

  private static final String ROOT = "org.grpo4j.";

  String className() {
    return ROOT + type;
  }

  /** The source file, from the project's directory. */
  String file() {
    return "src/main/java/" + className().replace('.', '/') + ".java";
  }

  /** The line's number, from 1. */
  int line() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(file()));
    int found = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(code)) {
        if (found > 0) {
          throw new AssertionError(file() + ": more than one line with " + code);
        }
        found = i + 1;
      }
    }
    if (found == 0) {
      throw new AssertionError(file() + ": no line with " + code);
    }
    return found;
  }

  /** {@code GrpoTrainer.optimize}. */
  String place() {
    return type.substring(type.lastIndexOf('.') + 1) + "." + method;
  }
}
