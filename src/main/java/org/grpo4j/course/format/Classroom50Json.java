package org.grpo4j.course.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.experiment.files.Json;

/**
 * A grade as the {@code result.json} of Classroom 50. Names and addresses come from the environment
 * variables that its runner sets; without a runner they say {@code local}. Its points are whole.
 */
final class Classroom50Json {

  private Classroom50Json() {}

  static String of(GradedSubmission graded) {
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
}
