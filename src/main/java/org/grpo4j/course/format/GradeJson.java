package org.grpo4j.course.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.experiment.files.Json;

/** A grade in the JSON that systems for coursework read. */
final class GradeJson {

  private static final int PERCENT = 100;

  private GradeJson() {}

  /** A grade as Gradescope's {@code results.json}: one test case a question, visible at once. */
  static String gradescope(GradedSubmission graded) {
    ObjectNode results = Json.object();
    results.put("score", graded.points());
    results.put("execution_time", Math.round(graded.seconds()));
    results.put("output", graded.failure().orElse("lab " + graded.lab() + ": " + graded.title()));
    results.put("visibility", "visible");
    for (GradedQuestion question : graded.questions()) {
      ObjectNode test = results.withArray("tests").addObject();
      test.put("score", question.points());
      test.put("max_score", question.most());
      test.put("name", question.title());
      test.put("number", results.withArray("tests").size() + "");
      test.put("output", question.text());
      test.put("visibility", "visible");
    }
    return Json.pretty(results);
  }

  /**
   * A grade as the {@code result.json} of Classroom 50. Names and addresses come from the
   * environment variables that its runner sets; without a runner they say {@code local}. Its points
   * are whole.
   */
  static String classroom50(GradedSubmission graded) {
    ObjectNode result = Json.object();
    result.put("schema", "classroom50/result/v1");
    result.put("classroom", fromRunner("CLASSROOM"));
    result.put("assignment", fromRunner("ASSIGNMENT"));
    result.put("submission", fromRunner("SUBMISSION_TAG"));
    result.put("commit", fromRunner("COMMIT_URL"));
    result.put("release", fromRunner("RELEASE_URL"));
    String review = fromRunner("REVIEW_URL");
    result.put("review", review.equals("local") ? fromRunner("COMMIT_URL") : review);
    result.put("datetime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    long score = 0;
    long most = 0;
    for (GradedQuestion question : graded.questions()) {
      ObjectNode test = result.withArray("tests").addObject();
      test.put("test-name", question.title());
      test.put("passed", question.isRight());
      test.put("score", Math.round(question.points()));
      test.put("max-score", Math.round(question.most()));
      test.put("output", question.text());
      score += Math.round(question.points());
      most += Math.round(question.most());
    }
    result.put("score", score);
    result.put("max-score", most);
    return Json.pretty(result);
  }

  private static String fromRunner(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(value -> !value.isEmpty())
        .orElse("local");
  }

  /**
   * A grade as PrairieLearn's {@code results.json}: a score from 0 to 1 and the questions as tests.
   * A submission that was not run is not gradable, which costs no attempt there.
   */
  static String prairieLearn(GradedSubmission graded) {
    ObjectNode results = Json.object();
    results.put("gradable", graded.failure().isEmpty());
    results.put("score", graded.most() > 0 ? graded.points() / graded.most() : 0);
    graded.failure().ifPresent(sentence -> results.putArray("format_errors").add(sentence));
    results.put("message", "lab " + graded.lab() + ": " + graded.title());
    results.put("output", graded.printed());
    for (GradedQuestion question : graded.questions()) {
      ObjectNode test = results.withArray("tests").addObject();
      test.put("name", question.title());
      test.put("points", question.points());
      test.put("max_points", question.most());
      test.put("message", question.isRight() ? "right" : question.feedback().get(0));
      test.put("output", question.text());
    }
    return Json.pretty(results);
  }

  /**
   * A configuration for the grading action of GitHub (and its twin for GitLab) that reads reports
   * of tests and of mutants: the questions of a lab by JUnit, tests that students wrote by the
   * share of mutants that PIT sees killed. That action counts cases, each as much as any other.
   */
  static String autograding(GradedSubmission graded) {
    ObjectNode config = Json.object();
    ObjectNode tests = config.putObject("tests");
    tests.put("name", "Lab " + graded.lab());
    tests.put("id", "tests");
    ObjectNode junit = tests.putArray("tools").addObject();
    junit.put("id", "junit");
    junit.put("name", graded.title());
    junit.put("pattern", "**/junit/TEST*.xml");
    tests.put("failureRateImpact", -1);
    tests.put("maxScore", PERCENT);
    ObjectNode coverage = config.putArray("coverage").addObject();
    coverage.put("name", "Mutants killed");
    ObjectNode pit = coverage.putArray("tools").addObject();
    pit.put("id", "pit");
    pit.put("metric", "mutation");
    pit.put("sourcePath", "src/main/java");
    pit.put("pattern", "**/target/pit-reports/mutations.xml");
    coverage.put("maxScore", PERCENT);
    coverage.put("missedPercentageImpact", -1);
    return Json.pretty(config);
  }
}
