package org.grpo4j.experiment.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grpo4j.math.DoubleVector;
import org.jspecify.annotations.Nullable;

/** JSON as the run directory uses it: insertion order, two spaces, a line feed at the end. */
public final class Json {

  private static final JsonInclude.Value UNLESS_NAN =
      JsonInclude.Value.construct(JsonInclude.Include.CUSTOM, null, NotANumber.class, null);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, null))
          .withConfigOverride(double.class, number -> number.setInclude(UNLESS_NAN))
          .addModule(new Jdk8Module())
          .addMixIn(DoubleVector.class, AsArray.class)
          .build();

  private interface AsArray {
    @JsonValue
    double[] toArray();
  }

  /** Equal to what is left out. */
  private static final class NotANumber {
    @Override
    public boolean equals(@Nullable Object value) {
      return value instanceof Double number && number.isNaN();
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  private Json() {}

  /**
   * A record as JSON: its components in snake case, those that are absent left out, and numbers
   * that JSON does not have as the strings {@code "NaN"} and {@code "Infinity"}.
   */
  public static ObjectNode tree(Record record) {
    return MAPPER.valueToTree(record);
  }

  /**
   * The record that {@link #tree} made.
   *
   * @throws JsonProcessingException if a component is missing or of another type
   */
  public static <T extends Record> T record(JsonNode node, Class<T> type)
      throws JsonProcessingException {
    return MAPPER.treeToValue(node, type);
  }

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
    return object(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /**
   * The object that {@code text} is.
   *
   * @param file where it comes from, for the message
   * @throws IOException if it is anything but one JSON object; the message says where
   */
  public static ObjectNode object(Path file, String text) throws IOException {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IOException(file + ", line " + line + ": " + e.getOriginalMessage(), e);
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
