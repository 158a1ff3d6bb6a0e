package org.grpo4j.experiment.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;

/**
 * The part of YAML that experiment files use: sections, lists and values, one document. Anchors,
 * aliases, tags and repeated keys are errors, so a file says what it says and cannot grow when
 * read.
 */
final class YamlReader {

  private static final int MAX_DEPTH = 20;

  private final String source;
  private final boolean hasLines;
  private final Iterator<Event> events;

  private YamlReader(String text, String source, boolean hasLines) {
    this.source = source;
    this.hasLines = hasLines;
    this.events = new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
  }

  /**
   * The tree of {@code text}.
   *
   * @param source what to call it in messages
   * @param hasLines false for a single value from the command line
   * @throws ConfigException if it is not in the part of YAML described above
   */
  static ConfigNode read(String text, String source, boolean hasLines) {
    Origin start = new Origin(source, hasLines ? 1 : 0);
    try {
      return new YamlReader(text, source, hasLines).document(start);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      Origin origin = hasLines ? new Origin(source, line) : start;
      throw new ConfigException(origin, "", "not valid YAML: " + oneLine(e.getProblem()), hint(e));
    } catch (YAMLException e) {
      throw new ConfigException(
          start,
          "",
          "not valid YAML: " + oneLine(String.valueOf(e.getMessage())),
          "Use plain printable text.");
    }
  }

  private ConfigNode document(Origin start) {
    events.next(); // stream start
    if (!(events.next() instanceof DocumentStartEvent)) {
      throw new ConfigException(start, "", "is empty", "Write at least a name and a task.");
    }
    ConfigNode root = node(events.next(), "", 0);
    events.next(); // document end
    Event after = events.next();
    if (!(after instanceof StreamEndEvent)) {
      throw new ConfigException(
          origin(after), "", "must be one YAML document", "Remove the line --- and what follows.");
    }
    return root;
  }

  private ConfigNode node(Event event, String path, int depth) {
    Origin origin = origin(event);
    if (depth > MAX_DEPTH) {
      throw new ConfigException(
          origin,
          "",
          "nested more than " + MAX_DEPTH + " levels deep",
          "Sections are never so deep.");
    }
    refuseReferences(event, origin);
    if (event instanceof ScalarEvent scalar) {
      return new ConfigNode.Scalar(scalar.getValue(), !scalar.isPlain(), origin);
    }
    if (event instanceof SequenceStartEvent) {
      List<ConfigNode> items = new ArrayList<>();
      for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
        items.add(node(next, path + "[" + items.size() + "]", depth + 1));
      }
      return new ConfigNode.Sequence(items, origin);
    }
    if (event instanceof MappingStartEvent) {
      return section(origin, path, depth);
    }
    throw new ConfigException(origin, "", "not valid YAML here", "");
  }

  private ConfigNode.Section section(Origin origin, String path, int depth) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      Origin keyOrigin = origin(next);
      refuseReferences(next, keyOrigin);
      if (!(next instanceof ScalarEvent key)) {
        throw new ConfigException(
            keyOrigin, "", "a key must be a name", "Write `name: value`, one a line.");
      }
      String keyPath = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      ConfigNode.Entry earlier = entries.get(key.getValue());
      if (earlier != null) {
        throw new ConfigException(
            keyOrigin,
            keyPath,
            "given twice, first at line " + earlier.keyOrigin().line(),
            "Remove one of the two.");
      }
      ConfigNode value = node(events.next(), keyPath, depth + 1);
      entries.put(key.getValue(), new ConfigNode.Entry(keyOrigin, value));
    }
    return new ConfigNode.Section(entries, origin);
  }

  private static void refuseReferences(Event event, Origin origin) {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent anchored && anchored.getAnchor() != null)) {
      throw new ConfigException(
          origin, "", "anchors (&) and aliases (*) are not allowed", "Write the value out.");
    }
    String tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof MappingStartEvent mapping
                ? mapping.getTag()
                : event instanceof SequenceStartEvent sequence ? sequence.getTag() : null;
    if (tag != null) {
      throw new ConfigException(origin, "", "tags (!) are not allowed, got " + tag, "Remove it.");
    }
  }

  private Origin origin(Event event) {
    return new Origin(source, hasLines ? event.getStartMark().getLine() + 1 : 0);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 160 ? line.substring(0, 157) + "..." : line;
  }

  private static String hint(MarkedYAMLException e) {
    return String.valueOf(e.getProblem()).contains("\\t")
        ? "Indent with spaces instead of tabs."
        : "Check indentation, colons and quotes near this line.";
  }
}
