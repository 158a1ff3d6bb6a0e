package org.grpo4j.course.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.Map;
import java.util.Objects;
import org.grpo4j.course.source.CourseYaml;
import org.grpo4j.course.source.RealSource;

/**
 * The story of a {@link Mistake}: sentences for people, each of them complete. They are in the
 * resource {@code catalogue/mistakes.yaml}.
 *
 * @param what the sentence that says what is wrong
 * @param symptom the trace it leaves in a run, if any
 * @param seen the places where it was seen, if it is not simply easy to make
 * @param elsewhere the sentence that says where it would be right, if it is a legitimate convention
 *     elsewhere; else empty
 */
public record Story(String what, String symptom, String seen, String elsewhere) {

  /** All stories, by the names of their mistakes. */
  static final Map<String, Story> ALL =
      CourseYaml.read(
          RealSource.resource("catalogue/mistakes.yaml"),
          "mistakes.yaml",
          new TypeReference<>() {});

  public Story {
    Objects.requireNonNull(what, "what: is missing");
    Objects.requireNonNull(symptom, "symptom: is missing");
    seen = Objects.requireNonNullElse(seen, "easy to make");
    elsewhere = Objects.requireNonNullElse(elsewhere, "");
  }
}
