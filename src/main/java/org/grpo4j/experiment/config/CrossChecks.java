package org.grpo4j.experiment.config;

import java.util.List;

/** From the rules that a record breaks to problems with lines. */
final class CrossChecks {

  private CrossChecks() {}

  /**
   * The faults of the settings of {@code made} together; none if it is not {@link CrossChecked}.
   *
   * @param section what it was made of
   * @param path the section's key
   */
  static List<ConfigProblem> problems(Object made, ConfigNode.Section section, String path) {
    return made instanceof CrossChecked checked
        ? checked.refusals().stream().map(refusal -> problem(refusal, section, path)).toList()
        : List.of();
  }

  private static ConfigProblem problem(
      CrossChecked.Refusal refusal, ConfigNode.Section section, String path) {
    return new ConfigProblem(
        origin(section, refusal.key()),
        RecordBinder.join(path, refusal.key()),
        refusal.rule(),
        refusal.remedy());
  }

  /** The place of {@code key}, or of the innermost section of it that was written. */
  private static Origin origin(ConfigNode.Section section, String key) {
    ConfigNode found = section;
    for (String name : key.split("\\.")) {
      ConfigNode.Entry entry =
          found instanceof ConfigNode.Section inner ? inner.entries().get(name) : null;
      if (entry == null) {
        break;
      }
      found = entry.value();
    }
    return found.origin();
  }
}
