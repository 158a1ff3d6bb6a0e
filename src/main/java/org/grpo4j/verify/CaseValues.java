package org.grpo4j.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.TokenTable;

/**
 * Named values of a case, in the types of this library. {@code null} is {@code NaN}, {@code
 * "-Infinity"} is that.
 *
 * @param where the place, for messages
 * @param node the JSON object
 */
public record CaseValues(String where, JsonNode node) {

  /** True if there is a value of that name that is not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** The number of that name. */
  public double number(String name) {
    return toDouble(required(name));
  }

  /** The number of that name, or {@code otherwise} if there is none. */
  public double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  /** The whole number of that name. */
  public int integer(String name) {
    return (int) number(name);
  }

  /** The text of that name, or {@code otherwise} if there is none. */
  public String text(String name, String otherwise) {
    return has(name) ? node.get(name).asText() : otherwise;
  }

  /** The meaning of the text of that name, or of {@code otherwise} if there is none. */
  <T> T choice(String name, String otherwise, Map<String, T> meanings) {
    String text = text(name, otherwise);
    T meaning = meanings.get(text);
    if (meaning == null) {
      throw new UnsupportedOptionException(name + ": " + text);
    }
    return meaning;
  }

  /** True or false, or {@code otherwise} if there is none. */
  public boolean flag(String name, boolean otherwise) {
    return has(name) ? node.get(name).asBoolean() : otherwise;
  }

  /** The object of that name. */
  public CaseValues object(String name) {
    return new CaseValues(where + "." + name, required(name));
  }

  /** The numbers of that name, {@code [n]}. */
  public DoubleVector vector(String name) {
    return toVector(required(name));
  }

  /** The texts of that name. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : required(name)) {
      texts.add(entry.asText());
    }
    return texts;
  }

  /** The rows of numbers of that name, {@code [n][T_i]}. */
  public TokenTable table(String name) {
    return toTable(required(name));
  }

  /** The rows of that name, if there are any. */
  public Optional<TokenTable> optionalTable(String name) {
    return has(name) ? Optional.of(table(name)) : Optional.empty();
  }

  /** The tables of that name, {@code [n][T_i][V]}. */
  public List<TokenTable> tables(String name) {
    List<TokenTable> tables = new ArrayList<>();
    for (JsonNode entry : required(name)) {
      tables.add(toTable(entry));
    }
    return tables;
  }

  /** True if the value of that name is an array of arrays. */
  public boolean isTable(String name) {
    return node.path(name).path(0).isArray();
  }

  private JsonNode required(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new InvalidVectorFileException(where + ": " + name + ": is missing");
    }
    return value;
  }

  private static TokenTable toTable(JsonNode rows) {
    List<DoubleVector> table = new ArrayList<>();
    for (JsonNode row : rows) {
      table.add(toVector(row));
    }
    return TokenTable.of(table);
  }

  private static DoubleVector toVector(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> toDouble(array.get(i)));
    return DoubleVector.of(values);
  }

  private static double toDouble(JsonNode value) {
    if (value.isNull()) {
      return Double.NaN;
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? 1 : 0;
    }
    return value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
  }
}
