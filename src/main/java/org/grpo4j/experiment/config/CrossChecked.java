package org.grpo4j.experiment.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record with rules that look at several of its settings, or at settings of its sections. {@link
 * RecordBinder} asks for them once every setting is right by itself, and reports all at once with
 * the lines of their keys.
 */
public interface CrossChecked {

  /** The faults of the settings together; empty if there is none. */
  List<Refusal> refusals();

  /**
   * One broken rule.
   *
   * @param key the setting it is about, from this record on, such as {@code reward.overlong}
   * @param rule what must hold, and what was found instead
   * @param remedy what to do; empty if the rule says it
   */
  record Refusal(String key, String rule, String remedy) {

    private static final Pattern ABOUT_A_FIELD = Pattern.compile("([A-Za-z]+): (.*)");

    /**
     * The refusal of a constructor as a rule of {@code section}: {@code minRatio: must be …} is
     * about the section's {@code min_ratio}. An empty section is the record itself.
     */
    public static Refusal of(String section, IllegalArgumentException refused) {
      String message = String.valueOf(refused.getMessage());
      Matcher field = ABOUT_A_FIELD.matcher(message);
      return field.matches()
          ? new Refusal(
              RecordBinder.join(section, Settings.key(field.group(1))), field.group(2), "")
          : new Refusal(section, message, "");
    }

    /**
     * The problem that it is, with its line.
     *
     * @param section what the record was made of
     * @param path the section's key
     */
    ConfigProblem in(ConfigNode.Section section, String path) {
      return new ConfigProblem(origin(section), RecordBinder.join(path, key), rule, remedy);
    }

    /** The place of the key, or of the innermost section of it that was written. */
    private Origin origin(ConfigNode.Section section) {
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
}
