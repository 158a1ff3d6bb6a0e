package org.grpo4j.course.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.experiment.files.Json;

/** A grade as Gradescope's {@code results.json}: one test case a question, visible at once. */
final class GradescopeJson {

  private GradescopeJson() {}

  static String of(GradedSubmission graded) {
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
}
