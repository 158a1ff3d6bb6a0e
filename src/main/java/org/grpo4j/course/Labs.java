package org.grpo4j.course;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.grpo4j.course.source.ProgramFiles;

/** The labs of the course, in the order of their pages' names. */
public final class Labs {

  private Labs() {}

  /** All of them. */
  public static List<Lab> all() {
    List<Lab> labs = new ArrayList<>();
    ProgramFiles.in("org/grpo4j/course/labs")
        .forEach(
            (name, page) -> {
              if (name.endsWith(".md")) {
                labs.add(Lab.of(new String(page, StandardCharsets.UTF_8), name));
              }
            });
    return labs;
  }

  /**
   * The lab of this number or name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  public static Lab of(String id) {
    List<Lab> all = all();
    for (Lab lab : all) {
      if (lab.id().equals(id)) {
        return lab;
      }
    }
    String known = all.stream().map(Lab::id).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("LAB: must be one of " + known + ", got " + id);
  }
}
