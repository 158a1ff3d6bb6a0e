package org.grpo4j.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What PIT reported.
 *
 * @param survivors how often each mutant that no test has seen occurs
 * @param scores by package: how many mutants there were, and how many were seen
 */
record MutationReport(Map<Mutant, Integer> survivors, Map<String, Score> scores) {

  static final Path SOURCES = Path.of("src/main/java/org/grpo4j");

  private static final String ROOT_PACKAGE = "org.grpo4j.";

  /** Counts of a package. */
  record Score(int seen, int all) {

    Score plus(Score other) {
      return new Score(seen + other.seen, all + other.all);
    }

    double percent() {
      return 100.0 * seen / all;
    }
  }

  static MutationReport read(Path file) throws IOException {
    Map<Mutant, Integer> survivors = new TreeMap<>();
    Map<String, Score> scores = new TreeMap<>();
    NodeList mutations = parse(file).getElementsByTagName("mutation");
    for (int i = 0; i < mutations.getLength(); i++) {
      Element mutation = (Element) mutations.item(i);
      String packageName = packageOf(text(mutation, "mutatedClass"));
      boolean seen = mutation.getAttribute("detected").equals("true");
      scores.merge(packageName, new Score(seen ? 1 : 0, 1), Score::plus);
      if (!seen) {
        String source = packageName.replace('.', '/') + "/" + text(mutation, "sourceFile");
        int line = Integer.parseInt(text(mutation, "lineNumber"));
        String change = text(mutation, "description").replaceAll(" for org/grpo4j/.*", "");
        survivors.merge(new Mutant(source, line(source, line), change), 1, Integer::sum);
      }
    }
    return new MutationReport(survivors, scores);
  }

  private static String packageOf(String type) {
    return type.substring(ROOT_PACKAGE.length(), type.lastIndexOf('.'));
  }

  private static String line(String source, int number) {
    try {
      return Files.readAllLines(SOURCES.resolve(source)).get(number - 1).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }

  private static Element parse(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
