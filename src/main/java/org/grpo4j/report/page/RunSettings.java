package org.grpo4j.report.page;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.experiment.config.ConfigNode;
import org.grpo4j.experiment.config.ConfigSource;

/** The settings of a run by their dotted names, as {@code config.yaml} has them. */
final class RunSettings {

  private RunSettings() {}

  /** {@code {train.group_size=8, objective.surrogate.kind=clip, …}} in the order of the file. */
  static Map<String, String> flat(Path config) {
    Map<String, String> settings = new LinkedHashMap<>();
    flatten(new ConfigSource(List.of()).file(config), "", settings);
    return settings;
  }

  private static void flatten(ConfigNode node, String path, Map<String, String> settings) {
    if (node instanceof ConfigNode.Section section) {
      section
          .entries()
          .forEach(
              (key, entry) ->
                  flatten(entry.value(), path.isEmpty() ? key : path + "." + key, settings));
    } else if (node instanceof ConfigNode.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        flatten(sequence.items().get(i), path + "[" + i + "]", settings);
      }
    } else if (node instanceof ConfigNode.Scalar scalar) {
      settings.put(path, scalar.text());
    }
  }
}
