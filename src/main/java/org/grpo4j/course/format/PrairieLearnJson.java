package org.grpo4j.course.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.experiment.files.Json;

/**
 * A grade as PrairieLearn's {@code results.json}: a score from 0 to 1 and the questions as tests. A
 * submission that was not run is not gradable, which costs no attempt there.
 */
final class PrairieLearnJson {

  private PrairieLearnJson() {}

  static String of(GradedSubmission graded) {
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
}
