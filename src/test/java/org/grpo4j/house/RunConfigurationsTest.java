package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The run configurations that IntelliJ and VS Code find start what is there, and the same. */
class RunConfigurationsTest {

  private static final Set<String> NAMES = Set.of("DebugOneUpdate", "train", "attach to replay");

  @Test
  void bothEditorsStartTheSameThings() throws Exception {
    NavigableMap<String, String> intellij = intellij();
    assertEquals(new TreeSet<>(NAMES), intellij.navigableKeySet());
    assertEquals(intellij, visualStudioCode());
    for (String target : intellij.values()) {
      if (!target.matches("\\d+")) {
        Path source = Path.of("src/main/java", target.replace('.', '/') + ".java");
        assertTrue(
            Files.readString(source).contains("public static void main("), target + ": no main");
      }
    }
  }

  /** Main class, or port to attach to, by name. */
  private static NavigableMap<String, String> intellij() throws Exception {
    NavigableMap<String, String> targets = new TreeMap<>();
    for (Path file : Sources.files(Path.of(".run"), ".run.xml")) {
      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement();
      Element configuration = (Element) root.getElementsByTagName("configuration").item(0);
      NodeList options = configuration.getElementsByTagName("option");
      for (int i = 0; i < options.getLength(); i++) {
        Element option = (Element) options.item(i);
        if (Set.of("MAIN_CLASS_NAME", "PORT").contains(option.getAttribute("name"))) {
          targets.put(configuration.getAttribute("name"), option.getAttribute("value"));
        }
      }
    }
    return targets;
  }

  private static NavigableMap<String, String> visualStudioCode() throws Exception {
    NavigableMap<String, String> targets = new TreeMap<>();
    JsonNode file = new ObjectMapper().readTree(Path.of(".vscode/launch.json").toFile());
    for (JsonNode one : file.path("configurations")) {
      String target = one.path("mainClass").asText(one.path("port").asText());
      targets.put(one.path("name").asText(), target);
    }
    return targets;
  }
}
