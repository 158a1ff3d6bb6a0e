package org.grpo4j.course.bugs;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.course.source.Patch;
import org.grpo4j.course.source.RealSource;
import org.grpo4j.math.Require;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs, learns a little, and is wrong.
 *
 * @param program the name of its settings, a file beside {@code bugs.yaml}: {@code grpo}
 * @param symptom the id of what one knows it by, one of {@link #symptoms()}
 * @param number the number that gives it away
 * @param patch the fault
 * @param also further edits of the same file that the fault needs to compile; none if left out
 */
public record Bug(
    String program, String symptom, GiveAway number, Patch patch, @Nullable List<Edit> also) {

  private static final String PLACE = "bugs/";

  public Bug {
    Require.that(symptoms().containsKey(symptom), "symptom", "one of symptoms.yaml", symptom);
  }

  /** A piece of text, there exactly once, and what takes its place. */
  public record Edit(String find, String replace) {}

  /**
   * A number of a run.
   *
   * @param column the column of {@code metrics.csv}
   * @param of which of its numbers
   */
  public record GiveAway(String column, Which of) {}

  /** The choice of a number in a column. */
  public enum Which {
    /** That of the first update. */
    FIRST,
    /** That of the last update. */
    LAST,
    /** The mean over updates. */
    MEAN,
    /** The largest of all. */
    LARGEST,
    /** The smallest of all. */
    SMALLEST
  }

  /** All of them. */
  public static List<Bug> all() {
    return CourseYaml.read(resource("bugs.yaml"), "bugs.yaml", new TypeReference<List<Bug>>() {});
  }

  /** The symptoms that a program can be known by: a sentence for each id, in the page's order. */
  public static Map<String, String> symptoms() {
    return CourseYaml.read(
        resource("symptoms.yaml"),
        "symptoms.yaml",
        new TypeReference<LinkedHashMap<String, String>>() {});
  }

  /** The text of a file beside {@code bugs.yaml}. */
  static String resource(String name) {
    return RealSource.resource(PLACE + name);
  }

  /** Its name. */
  public String id() {
    return patch.id();
  }

  /** The file with the fault. */
  public String source() {
    return patch.apply(prepared());
  }

  /** The lines of that file which the fault is on. */
  public Patch.Lines lines() {
    return patch.lines(prepared());
  }

  /** The file before the fault, with all that the fault needs. */
  private String prepared() {
    String text = RealSource.of(patch.file());
    for (Edit edit : also == null ? List.<Edit>of() : also) {
      text = Patch.replaced(text, edit.find(), edit.replace(), id() + ": also: ", patch.file());
    }
    return text;
  }
}
