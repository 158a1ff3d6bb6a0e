package org.grpo4j.mutation;

/**
 * A change to the code that no test has seen, named so that the name survives changes elsewhere in
 * the file: by the text of its line and not by its number.
 *
 * @param file the source file below {@code src/main/java/org/grpo4j}, such as {@code
 *     objective/TwoSidedSurrogate.java}
 * @param line the line that was changed, without the space around it
 * @param change what was changed, in PIT's words
 */
record Mutant(String file, String line, String change) implements Comparable<Mutant> {

  /** The package it is in. */
  String packageName() {
    return file.substring(0, file.indexOf('/'));
  }

  @Override
  public int compareTo(Mutant other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : line.compareTo(other.line);
    return byLine != 0 ? byLine : change.compareTo(other.change);
  }

  @Override
  public String toString() {
    return file + ": " + change + ": " + line;
  }
}
