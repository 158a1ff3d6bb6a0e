package org.grpo4j.course.format;

import java.util.function.Function;

/** The formats of a grade, each one file. */
public enum GradeFormat {
  /** For people. */
  TEXT("report.txt", GradeText::of),
  /** What every build server reads. */
  JUNIT("TEST-grpo4j.xml", JUnitXml::of),
  /** Gradescope's {@code /autograder/results/results.json}. */
  GRADESCOPE("results.json", GradescopeJson::of),
  /** The {@code result.json} of Classroom 50. */
  CLASSROOM50("result.json", Classroom50Json::of),
  /** PrairieLearn's {@code /grade/results/results.json}. */
  PRAIRIELEARN("results.json", PrairieLearnJson::of),
  /** The configuration of the grading action for GitHub that reads JUnit and PIT. */
  AUTOGRADING("autograding.json", AutogradingConfig::of);

  private final String file;
  private final Function<GradedSubmission, String> text;

  GradeFormat(String file, Function<GradedSubmission, String> text) {
    this.file = file;
    this.text = text;
  }

  /** The name that the file must have. */
  public String file() {
    return file;
  }

  /** The file for a grade. */
  public String of(GradedSubmission graded) {
    return text.apply(graded);
  }
}
