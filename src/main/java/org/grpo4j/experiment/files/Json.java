package org.grpo4j.experiment.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON as the run directory uses it: insertion order, two spaces, a line feed at the end. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object with indentation, for files people read. */
  public static String pretty(JsonNode node) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON", e);
    }
  }

  /** The object on one line, without a line feed. */
  public static String line(JsonNode node) {
    return node.toString();
  }

  /**
   * The object in {@code file}.
   *
   * @throws IOException if it cannot be read or holds anything but one JSON object
   */
  public static ObjectNode read(Path file) throws IOException {
    if (MAPPER.readTree(Files.readString(file)) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException(file + ": not a JSON object");
  }

  /**
   * Any JSON value.
   *
   * @throws JsonProcessingException if {@code text} is not one JSON value
   */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /** Puts a number, or nothing if it is not finite: JSON has no NaN. */
  public static void putNumber(ObjectNode node, String name, Number value) {
    if (value instanceof Integer || value instanceof Long) {
      node.put(name, value.longValue());
    } else if (Double.isFinite(value.doubleValue())) {
      node.put(name, value.doubleValue());
    }
  }
}
