package org.grpo4j.experiment.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of lines of each file of a run that grows: an instant that the run can go back to.
 *
 * @param counts by path within the run directory
 */
public record LineCounts(Map<String, Integer> counts) {

  /** Of a run that has written nothing yet. */
  public static final LineCounts NONE = new LineCounts(Map.of());

  public LineCounts {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts)); // in order: it is written down
  }

  static LineCounts of(JsonNode object) {
    Map<String, Integer> counts = new TreeMap<>();
    object.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
    return new LineCounts(counts);
  }

  /** Lines of {@code file}; 0 if it was not there. */
  int of(String file) {
    return counts.getOrDefault(file, 0);
  }
}
