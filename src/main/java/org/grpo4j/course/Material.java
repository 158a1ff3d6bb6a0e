package org.grpo4j.course;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The further files of a lab's project, made for one student. */
public interface Material {

  /** Those of every lab that has any, by the lab's number or name. */
  Map<String, Material> OF_LABS =
      Map.of(
          "8",
          AnswerLabs::writeEnumeration,
          "9",
          AnswerLabs::writeExperiment,
          "10",
          AnswerLabs::writeBugs,
          "review",
          AnswerLabs::writeReview,
          "tests",
          MutantLab::write);

  /**
   * Writes them.
   *
   * @param project the directory of the project, where everything else is already
   * @param student name or number, by which what is drawn for a student is drawn
   */
  void write(Path project, String student) throws IOException;
}
