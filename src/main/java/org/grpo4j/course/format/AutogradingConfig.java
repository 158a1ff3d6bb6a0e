package org.grpo4j.course.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.grpo4j.experiment.files.Json;

/**
 * A configuration for the grading action of GitHub (and its twin for GitLab) that reads reports of
 * tests and of mutants: the questions of a lab by JUnit, tests that students wrote by the share of
 * mutants that PIT sees killed. That action counts cases, each as much as any other.
 */
final class AutogradingConfig {

  private static final int PERCENT = 100;

  private AutogradingConfig() {}

  static String of(GradedSubmission graded) {
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
