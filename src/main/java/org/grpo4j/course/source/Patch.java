package org.grpo4j.course.source;

import java.util.Objects;
import org.grpo4j.math.Require;

/**
 * A fault put into a source file of the library: one piece of text, which must occur exactly once,
 * is replaced by another. Written as YAML, where a block keeps its line breaks and {@code |2-}
 * instead of {@code |-} keeps an indentation of its first line:
 *
 * <pre>
 * - id: population-deviation
 *   file: org/grpo4j/advantage/GroupRelativeAdvantage.java
 *   find: deviation.standardDeviation(scale
 *   replace: Deviation.POPULATION.standardDeviation(scale
 *   title: Divides by the population's deviation
 *   what: The standard deviation has divisor n instead of n - 1.
 *   symptom: Advantages are too large, by 15 % in groups of four.
 *   seen: Any program that takes NumPy's default.
 * </pre>
 *
 * @param id a name of small letters, digits and hyphens
 * @param file the source file's path below {@code src/main/java}
 * @param find text of that file, there exactly once
 * @param replace what is put in its place; may be empty
 * @param title the fault in a few words
 * @param what the fault in a sentence
 * @param symptom what it does to a run, as one sees it in trace and page
 * @param seen where such a fault has been seen
 */
public record Patch(
    String id,
    String file,
    String find,
    String replace,
    String title,
    String what,
    String symptom,
    String seen) {

  public Patch {
    require(id, id, "id");
    Require.that(
        id.matches("[a-z0-9]+(-[a-z0-9]+)*"), "id", "small letters, digits and hyphens", id);
    require(id, file, "file");
    require(id, find, "find");
    require(id, title, "title");
    require(id, what, "what");
    require(id, symptom, "symptom");
    require(id, seen, "seen");
    Objects.requireNonNull(replace, id + ": replace: is missing");
  }

  private static void require(String id, String value, String field) {
    Require.that(value != null && !value.isBlank(), id + ": " + field + ": is missing or blank");
  }

  /**
   * A place in a source file.
   *
   * @param first its first line, from 1
   * @param last its last line
   */
  public record Lines(int first, int last) {}

  /**
   * {@code source} with the fault in it.
   *
   * @throws IllegalArgumentException unless {@link #find} occurs there exactly once
   */
  public String apply(String source) {
    return replaced(source, find, replace, id + ": find: ", file);
  }

  /**
   * The lines of the patched file that the fault is on; where text was only taken away, the line
   * that it was on.
   *
   * @param source the file without the fault
   */
  public Lines lines(String source) {
    int at = place(source, find, id + ": find: ", file);
    int first = 1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
    return new Lines(first, first + (int) replace.stripTrailing().lines().skip(1).count());
  }

  /**
   * {@code source} with {@code replace} in the one place of {@code find}.
   *
   * @param where the beginning of the message if there is no such place
   * @param file its name there
   */
  public static String replaced(
      String source, String find, String replace, String where, String file) {
    int at = place(source, find, where, file);
    return source.substring(0, at) + replace + source.substring(at + find.length());
  }

  private static int place(String source, String find, String where, String file) {
    int at = source.indexOf(find);
    if (at < 0 || source.indexOf(find, at + 1) >= 0) {
      String problem = at < 0 ? "is not in " : "is more than once in ";
      throw new IllegalArgumentException(where + problem + file + ": " + find.strip());
    }
    return at;
  }
}
