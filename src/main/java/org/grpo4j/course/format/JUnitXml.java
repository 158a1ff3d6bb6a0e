package org.grpo4j.course.format;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.grpo4j.course.format.GradedSubmission.GradedQuestion;

/**
 * A grade as a report of tests, in the form that Maven's Surefire writes and its schema describes:
 * a question is a test case, one without all its points a failure, a submission that could not be
 * run an error of every question. Points are in the properties; the form has no place for them.
 */
final class JUnitXml {

  private JUnitXml() {}

  static String of(GradedSubmission graded) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      suite(graded, xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory could not be written", e);
    }
    return text + "\n";
  }

  private static void suite(GradedSubmission graded, XMLStreamWriter xml)
      throws XMLStreamException {
    long wrong = graded.questions().stream().filter(question -> !question.isRight()).count();
    boolean failed = graded.failure().isPresent();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", suiteName(graded));
    xml.writeAttribute("time", time(graded.seconds()));
    xml.writeAttribute("tests", graded.questions().size() + "");
    xml.writeAttribute("errors", (failed ? wrong : 0) + "");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("failures", (failed ? 0 : wrong) + "");
    xml.writeStartElement("properties");
    property("student", graded.student(), xml);
    property("points", graded.points() + "", xml);
    property("max_points", graded.most() + "", xml);
    for (int i = 0; i < graded.questions().size(); i++) {
      GradedQuestion question = graded.questions().get(i);
      property("points." + (i + 1), question.points() + " of " + question.most(), xml);
    }
    xml.writeEndElement();
    for (GradedQuestion question : graded.questions()) {
      testCase(question, graded, xml);
    }
    xml.writeEndElement();
  }

  private static void property(String name, String value, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", value);
  }

  private static void testCase(
      GradedQuestion question, GradedSubmission graded, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", question.title());
    xml.writeAttribute("classname", suiteName(graded));
    xml.writeAttribute("time", time(0)); // questions are not timed one by one
    if (!question.isRight()) {
      xml.writeStartElement(graded.failure().isPresent() ? "error" : "failure");
      xml.writeAttribute(
          "message", question.feedback().isEmpty() ? "not right" : question.feedback().get(0));
      xml.writeAttribute("type", graded.failure().isPresent() ? "submission" : "property");
      xml.writeCharacters(question.text());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String suiteName(GradedSubmission graded) {
    return "grpo4j.lab" + graded.lab();
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
