package org.grpo4j.course.format;

/** The formats of a grade, each one file. */
public enum GradeFormat {
  /** For people. */
  TEXT("report.txt"),
  /** The report of tests that every build server reads. */
  JUNIT("TEST-grpo4j.xml"),
  /** Gradescope's {@code /autograder/results/results.json}. */
  GRADESCOPE("results.json"),
  /** The {@code result.json} of Classroom 50. */
  CLASSROOM50("result.json"),
  /** PrairieLearn's {@code /grade/results/results.json}. */
  PRAIRIELEARN("results.json"),
  /** The configuration of the grading action for GitHub that reads JUnit and PIT. */
  AUTOGRADING("autograding.json");

  private final String file;

  GradeFormat(String file) {
    this.file = file;
  }

  /** The name that the file must have. */
  public String file() {
    return file;
  }

  /** The file for a grade. */
  public String of(GradedSubmission graded) {
    return switch (this) {
      case TEXT -> GradeText.of(graded);
      case JUNIT -> JUnitXml.of(graded);
      case GRADESCOPE -> GradeJson.gradescope(graded);
      case CLASSROOM50 -> GradeJson.classroom50(graded);
      case PRAIRIELEARN -> GradeJson.prairieLearn(graded);
      case AUTOGRADING -> GradeJson.autograding(graded);
    };
  }
}
