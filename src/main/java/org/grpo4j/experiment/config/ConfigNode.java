package org.grpo4j.experiment.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a parsed experiment file that remembers where it was written. */
public sealed interface ConfigNode {

  /** The place where it begins. */
  Origin origin();

  /** The name in messages: {@code a list}, {@code a section}, {@code "text"}. */
  String describe();

  /** The values below, as written, by dotted name: {@code train.group_size}, {@code parts[0]}. */
  default Map<String, String> flat() {
    Map<String, String> values = new LinkedHashMap<>();
    flatten(this, "", values);
    return values;
  }

  /** Adds what is below {@code node}. */
  private static void flatten(ConfigNode node, String path, Map<String, String> values) {
    if (node instanceof Section section) {
      String before = path.isEmpty() ? "" : path + ".";
      section.entries().forEach((key, entry) -> flatten(entry.value(), before + key, values));
    } else if (node instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        flatten(sequence.items().get(i), path + "[" + i + "]", values);
      }
    } else if (node instanceof Scalar scalar) {
      values.put(path, scalar.text());
    }
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param quoted whether it was in quotes, which makes it text in any case
   * @param origin where it was written
   */
  record Scalar(String text, boolean quoted, Origin origin) implements ConfigNode {

    /** True for what YAML reads as no value at all. */
    public boolean isEmpty() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    @Override
    public String describe() {
      String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
      return isEmpty() ? "nothing" : quoted ? "the text \"" + shown + "\"" : shown;
    }
  }

  /**
   * A list.
   *
   * @param items its elements
   * @param origin where it begins
   */
  record Sequence(List<ConfigNode> items, Origin origin) implements ConfigNode {

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }
  }

  /**
   * A section: keys with values.
   *
   * @param entries the values by key, in file order
   * @param origin where it begins
   */
  record Section(Map<String, Entry> entries, Origin origin) implements ConfigNode {

    public Section {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String describe() {
      return "a section";
    }

    /** This section without {@code key}. */
    public Section without(String key) {
      Map<String, Entry> rest = new LinkedHashMap<>(entries);
      rest.remove(key);
      return new Section(rest, origin);
    }

    /** This section with {@code key} set to {@code entry}. */
    public Section with(String key, Entry entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, entry);
      return new Section(changed, origin);
    }
  }

  /**
   * A value with the place of its key.
   *
   * @param keyOrigin where the key was written
   * @param value the value
   */
  record Entry(Origin keyOrigin, ConfigNode value) {}
}
