package org.grpo4j.course.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;
import org.grpo4j.experiment.files.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Each format has the fields that its system documents, with the values of the grade. */
class GradeFormatTest {

  private static final GradedSubmission GRADED =
      new GradedSubmission(
          "ada",
          "ada@example.org",
          "1",
          "Group advantage",
          List.of(
              new GradedQuestion("advantages", 6, 6, List.of()),
              new GradedQuestion(
                  "leave one out <&\"]]>",
                  1,
                  4,
                  List.of("sum must be 0: yours is 0.8 <b>", "this looks like & 'that'"))),
          Optional.empty(),
          "printed",
          1.5);

  private static final GradedSubmission NOT_RUN =
      new GradedSubmission(
          "bob",
          "",
          "1",
          "Group advantage",
          List.of(new GradedQuestion("advantages", 0, 10, List.of("does not compile: x"))),
          Optional.of("does not compile: x"),
          "",
          0.1);

  @Test
  void junitSaysWhichQuestionFailed() throws Exception {
    Element suite = xml(GradeFormat.JUNIT.of(GRADED)).getDocumentElement();
    assertEquals("testsuite", suite.getTagName());
    assertEquals("2", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals("0", suite.getAttribute("errors"));
    Element wrong = (Element) suite.getElementsByTagName("testcase").item(1);
    assertEquals("leave one out <&\"]]>", wrong.getAttribute("name"));
    Element failure = (Element) wrong.getElementsByTagName("failure").item(0);
    assertEquals("sum must be 0: yours is 0.8 <b>", failure.getAttribute("message"));
    assertTrue(failure.getTextContent().endsWith("this looks like & 'that'"));
    Element notRun = xml(GradeFormat.JUNIT.of(NOT_RUN)).getDocumentElement();
    assertEquals("1", notRun.getAttribute("errors"));
    assertEquals(1, notRun.getElementsByTagName("error").getLength());
  }

  /**
   * The schema is not a part of this project: {@code -Dsurefire.xsd=FILE} names a copy of {@code
   * surefire-test-report.xsd} of Maven's Surefire.
   */
  @Test
  @EnabledIfSystemProperty(named = "surefire.xsd", matches = ".+")
  void junitIsValidByTheSchemaOfSurefire() throws Exception {
    var schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(Path.of(System.getProperty("surefire.xsd")).toFile());
    for (GradedSubmission graded : List.of(GRADED, NOT_RUN)) {
      schema
          .newValidator()
          .validate(new StreamSource(new StringReader(GradeFormat.JUNIT.of(graded))));
    }
  }

  @Test
  void gradescopeHasTheDocumentedFields() throws JsonProcessingException {
    JsonNode results = Json.parse(GradeFormat.GRADESCOPE.of(GRADED));
    assertEquals(
        Set.of("score", "execution_time", "output", "visibility", "tests"), names(results));
    assertEquals(7, results.get("score").asDouble());
    JsonNode test = results.get("tests").get(1);
    assertEquals(
        Set.of("score", "max_score", "name", "number", "output", "visibility"), names(test));
    assertEquals("2", test.get("number").textValue());
    assertEquals(1, test.get("score").asDouble());
    assertEquals(4, test.get("max_score").asDouble());
    assertTrue(
        Set.of("hidden", "after_due_date", "after_published", "visible")
            .contains(test.get("visibility").textValue()));
  }

  @Test
  void classroom50HasTheDocumentedFields() throws JsonProcessingException {
    JsonNode result = Json.parse(GradeFormat.CLASSROOM50.of(GRADED));
    assertEquals(
        Set.of(
            "schema",
            "classroom",
            "assignment",
            "submission",
            "commit",
            "release",
            "review",
            "datetime",
            "score",
            "max-score",
            "tests"),
        names(result));
    assertEquals("classroom50/result/v1", result.get("schema").textValue());
    for (String name : List.of("classroom", "assignment", "submission", "commit", "review")) {
      assertFalse(result.get(name).textValue().isEmpty(), name);
    }
    assertTrue(result.get("datetime").textValue().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z"));
    assertTrue(result.get("score").isIntegralNumber());
    assertEquals(7, result.get("score").asInt());
    assertEquals(10, result.get("max-score").asInt());
    JsonNode test = result.get("tests").get(1);
    assertTrue(names(test).containsAll(Set.of("test-name", "passed", "score", "max-score")));
    assertFalse(test.get("passed").booleanValue());
  }

  @Test
  void prairieLearnHasTheDocumentedFields() throws JsonProcessingException {
    JsonNode results = Json.parse(GradeFormat.PRAIRIELEARN.of(GRADED));
    assertEquals(Set.of("gradable", "score", "message", "output", "tests"), names(results));
    assertEquals(0.7, results.get("score").asDouble());
    assertEquals(
        Set.of("name", "points", "max_points", "message", "output"),
        names(results.get("tests").get(0)));
    JsonNode notRun = Json.parse(GradeFormat.PRAIRIELEARN.of(NOT_RUN));
    assertFalse(notRun.get("gradable").booleanValue());
    assertEquals("does not compile: x", notRun.get("format_errors").get(0).textValue());
  }

  @Test
  void theGradingActionReadsTestsAndMutants() throws JsonProcessingException {
    JsonNode config = Json.parse(GradeFormat.AUTOGRADING.of(GRADED));
    assertEquals(Set.of("tests", "coverage"), names(config));
    assertEquals("junit", config.at("/tests/tools/0/id").textValue());
    assertTrue(config.at("/tests/tools/0/pattern").textValue().endsWith("TEST*.xml"));
    assertEquals("pit", config.at("/coverage/0/tools/0/id").textValue());
    assertEquals("mutation", config.at("/coverage/0/tools/0/metric").textValue());
    assertEquals(-1, config.at("/coverage/0/missedPercentageImpact").asInt());
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
